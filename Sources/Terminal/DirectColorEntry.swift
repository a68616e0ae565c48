/// The terminfo entry for 24-bit colours that the program brings along.
///
/// Direct colour needs an entry with the `RGB` flag, which most machines lack, and those there are
/// write colours with colons, which some terminals print as text. ncurses takes a compiled entry
/// from the environment variable TERMINFO (`b64:`), so this works everywhere, in tmux, and for
/// terminals too new for the database. The source, in a file `direct.ti`:
///
/// ```
/// tollgate-direct|xterm with direct colour in semicolon SGR,
///   ccc@, initc@, oc@, rep@, RGB,
///   colors#0x1000000, pairs#0x10000,
///   setaf=\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
///   setab=\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
///   setb@, setf@,
///   use=xterm-256color,
/// ```
///
/// compiled and printed by
///
/// ```
/// tic -x -o entries direct.ti
/// TERMINFO=$PWD/entries infocmp -x -0 -Q2 -q tollgate-direct
/// ```
enum DirectColorEntry {
  /// What newterm is to be called with.
  static let name = "tollgate-direct"

  /// The value of TERMINFO.
  static let compiled = """
    b64:HgI6ACYADwCdAQgGdG9sbGdhdGUtZGlyZWN0fHh0ZXJtIHdpdGggZGlyZWN0IGNvbG91ciBpbiBzZW1pY29sb24g\
    U0dSAAABAAABAAAAAQAAAAABAQAAAAAAAAABAAABAAABAAAAAAAAAAABUAAAAAgAAAAYAAAA____________________\
    _________________________________wAAAAEAAAEAAAAEAAYACAAZAB4AJgAqAC4A__85AEoATABQAFcA__9ZAGYA\
    __9qAG4AeAB8AP____-AAIQAiQCOAP__oAClAKoA__-vALQAuQC-AMcAywDSAP__5ADpAO8A9QD_______8HAf______\
    _xkB__8dAf_______x8B__8kAf__________KAEsATIBNgE6AT4BRAFKAVABVgFcAWAB__9lAf__aQFuAXMBdwF-Af__\
    hQGJAZEB_____________________________5kBogGrAf__rgG3AcAByQHSAdsB5AHtAfYB_wH_______8IAgwCEQL-\
    _xYCHwL_____MQI0Aj8CQgJEAkcCpAL__6cC__________-pAq0CsQK1ArkC_____70C___yAv_____2AvwC________\
    _____wID_____________wYDCgP_________________________________________________________________\
    _w4D_____xUD__________8cAyMDKgP_____MQP__zgD________PwP_____________RgNMA1IDWQNgA2cDbgN2A34D\
    hgOOA5YDngOmA64DtQO8A8MDygPSA9oD4gPqA_ID-gMCBAoEEQQYBB8EJgQuBDYEPgRGBE4EVgReBGYEbQR0BHsEggSK\
    BJIEmgSiBKoEsgS6BMIEyQTQBNcE3AT__________________________________________________________-ME\
    7gTzBAYFCgX-__7_______7__v___________________xMF________________________GAX_________________\
    ____________________________________HgUvBf____________________________9BBf_______0UFmAX_____\
    _____________-sF____________________________________________________________________________\
    ____________________________________AgYFBhtbWgAHAA0AG1slaSVwMSVkOyVwMiVkcgAbWzNnABtbSBtbMkoA\
    G1tLABtbSgAbWyVpJXAxJWRHABtbJWklcDElZDslcDIlZEgACgAbW0gAG1s_MjVsAAgAG1s_MTJsG1s_MjVoABtbQwAb\
    W0EAG1s_MTI7MjVoABtbUAAbW00AGygwABtbNW0AG1sxbQAbWz8xMDQ5aBtbMjI7MDswdAAbWzJtABtbNGgAG1s4bQAb\
    WzdtABtbN20AG1s0bQAbWyVwMSVkWAAbKEIAGyhCG1ttABtbPzEwNDlsG1syMzswOzB0ABtbNGwAG1syN20AG1syNG0A\
    G1s_NWgkPDEwMC8-G1s_NWwAG1shcBtbPzM7NGwbWzRsGz4AG1tMAH8AG1szfgAbT0IAG09QABtbMjF-ABtPUQAbT1IA\
    G09TABtbMTV-ABtbMTd-ABtbMTh-ABtbMTl-ABtbMjB-ABtPSAAbWzJ-ABtPRAAbWzZ-ABtbNX4AG09DABtbMTsyQgAb\
    WzE7MkEAG09BABtbPzFsGz4AG1s_MWgbPQAbWz8xMDM0bAAbWz8xMDM0aAAbRQAbWyVwMSVkUAAbWyVwMSVkTQAbWyVw\
    MSVkQgAbWyVwMSVkQAAbWyVwMSVkUwAbWyVwMSVkTAAbWyVwMSVkRAAbWyVwMSVkQwAbWyVwMSVkVAAbWyVwMSVkQQAb\
    W2kAG1s0aQAbWzVpABtjG10xMDQHABtbIXAbWz8zOzRsG1s0bBs-ABs4ABtbJWklcDElZGQAGzcACgAbTQAlPyVwOSV0\
    GygwJWUbKEIlOxtbMCU_JXA2JXQ7MSU7JT8lcDUldDsyJTslPyVwMiV0OzQlOyU_JXAxJXAzJXwldDs3JTslPyVwNCV0\
    OzUlOyU_JXA3JXQ7OCU7bQAbSAAJABtPdwAbT3kAG091ABtPcQAbT3MAYGBhYWZmZ2dpaWpqa2tsbG1tbm5vb3BwcXFy\
    cnNzdHR1dXZ2d3d4eHl5enp7e3x8fX1-fgAbW1oAG1s_N2gAG1s_N2wAG09FABtPRgAbT00AG1szOzJ-ABtbMTsyRgAb\
    WzE7MkgAG1syOzJ-ABtbMTsyRAAbWzY7Mn4AG1s1OzJ-ABtbMTsyQwAbWzIzfgAbWzI0fgAbWzE7MlAAG1sxOzJRABtb\
    MTsyUgAbWzE7MlMAG1sxNTsyfgAbWzE3OzJ-ABtbMTg7Mn4AG1sxOTsyfgAbWzIwOzJ-ABtbMjE7Mn4AG1syMzsyfgAb\
    WzI0OzJ-ABtbMTs1UAAbWzE7NVEAG1sxOzVSABtbMTs1UwAbWzE1OzV-ABtbMTc7NX4AG1sxODs1fgAbWzE5OzV-ABtb\
    MjA7NX4AG1syMTs1fgAbWzIzOzV-ABtbMjQ7NX4AG1sxOzZQABtbMTs2UQAbWzE7NlIAG1sxOzZTABtbMTU7Nn4AG1sx\
    Nzs2fgAbWzE4OzZ-ABtbMTk7Nn4AG1syMDs2fgAbWzIxOzZ-ABtbMjM7Nn4AG1syNDs2fgAbWzE7M1AAG1sxOzNRABtb\
    MTszUgAbWzE7M1MAG1sxNTszfgAbWzE3OzN-ABtbMTg7M34AG1sxOTszfgAbWzIwOzN-ABtbMjE7M34AG1syMzszfgAb\
    WzI0OzN-ABtbMTs0UAAbWzE7NFEAG1sxOzRSABtbMUsAG1s_NjlsABtbJWklZDslZFIAG1s2bgAbWz8lWzswMTIzNDU2\
    Nzg5XWMAG1tjABtbMzk7NDltABtbM20AG1syM20AG1s_NjloG1slaSVwMSVkcwAbWz82OWgbWyVpOyVwMSVkcwAbWzwA\
    G1slPyVwMSV7OH0lPCV0MyVwMSVkJWUzODsyOyVwMSV7NjU1MzZ9JS8lZDslcDElezI1Nn0lLyV7MjU1fSUmJWQ7JXAx\
    JXsyNTV9JSYlZCU7bQAbWyU_JXAxJXs4fSU8JXQ0JXAxJWQlZTQ4OzI7JXAxJXs2NTUzNn0lLyVkOyVwMSV7MjU2fSUv\
    JXsyNTV9JSYlZDslcDElezI1NX0lJiVkJTttABtbPzY5aBtbJWklcDElZDslcDIlZHMAG2wAG20AAwAAAE4AnwDcAwEB\
    AQAAAAkAEgAZACUAKgA8AEMASgBQAFoAegCBAIgAjwCWAJ0ApACrALIAuQDAAMcAzgDVANwA4wDqAPEA-AD_AAYBDQEU\
    ARsBIgEpATABNwE-AUUBTAFTAVoBYQFoAW8BdgF9AYQBiwGSAZkBoAGnAa4BtQG8AcMBygHRAdgB3wHmAeoB7gHyAfYB\
    -gH-AQICBgIKAg4CEgIWAhwCIQIAAAMABwAKAA0AEAATABYAGQAcAB8AIgAlACgAKwAwADUAOgA_AEQASABNAFIAVwBc\
    AGEAZwBtAHMAeQB_AIUAiwCRAJcAnQCiAKcArACxALYAvADCAMgAzgDUANoA4ADmAOwA8gD4AP4ABAEKARABFgEcASIB\
    KAEuATIBNwE8AUEBRgFLAU8BUwFXAVsBXwFlAWsBcQF3AX0BgwGJAY4BkwEbWz8yMDA0bAAbWz8yMDA0aAAbXTExMgcA\
    G10xMjslcDElcwcAG1szSgAbXTUyOyVwMSVzOyVwMiVzBwAbWzIwMX4AG1syMDB-ABtbMiBxABtbJXAxJWQgcQAbWz8x\
    MDA2OzEwMDAlPyVwMSV7MX0lPSV0aCVlbCU7ABtbMzszfgAbWzM7NH4AG1szOzV-ABtbMzs2fgAbWzM7N34AG1sxOzJC\
    ABtbMTszQgAbWzE7NEIAG1sxOzVCABtbMTs2QgAbWzE7N0IAG1sxOzNGABtbMTs0RgAbWzE7NUYAG1sxOzZGABtbMTs3\
    RgAbWzE7M0gAG1sxOzRIABtbMTs1SAAbWzE7NkgAG1sxOzdIABtbMjszfgAbWzI7NH4AG1syOzV-ABtbMjs2fgAbWzI7\
    N34AG1sxOzNEABtbMTs0RAAbWzE7NUQAG1sxOzZEABtbMTs3RAAbWzY7M34AG1s2OzR-ABtbNjs1fgAbWzY7Nn4AG1s2\
    Ozd-ABtbNTszfgAbWzU7NH4AG1s1OzV-ABtbNTs2fgAbWzU7N34AG1sxOzNDABtbMTs0QwAbWzE7NUMAG1sxOzZDABtb\
    MTs3QwAbWzE7MkEAG1sxOzNBABtbMTs0QQAbWzE7NUEAG1sxOzZBABtbMTs3QQAbT3gAG090ABtPdgAbT3IAG09FABtP\
    awAbT2wAG09vABtPbgAbT2oAG09tABtPcAAbWzI5bQAbWzltABtbPCVpJXAzJWQ7JXAxJWQ7JXAyJWQ7JT8lcDQldE0l\
    ZW0lOwBBWABSR0IAWFQAQkQAQkUAQ3IAQ3MARTMATXMAUEUAUFMAU2UAU3MAWE0Aa0RDMwBrREM0AGtEQzUAa0RDNgBr\
    REM3AGtETgBrRE4zAGtETjQAa0RONQBrRE42AGtETjcAa0VORDMAa0VORDQAa0VORDUAa0VORDYAa0VORDcAa0hPTTMA\
    a0hPTTQAa0hPTTUAa0hPTTYAa0hPTTcAa0lDMwBrSUM0AGtJQzUAa0lDNgBrSUM3AGtMRlQzAGtMRlQ0AGtMRlQ1AGtM\
    RlQ2AGtMRlQ3AGtOWFQzAGtOWFQ0AGtOWFQ1AGtOWFQ2AGtOWFQ3AGtQUlYzAGtQUlY0AGtQUlY1AGtQUlY2AGtQUlY3\
    AGtSSVQzAGtSSVQ0AGtSSVQ1AGtSSVQ2AGtSSVQ3AGtVUABrVVAzAGtVUDQAa1VQNQBrVVA2AGtVUDcAa2EyAGtiMQBr\
    YjMAa2MyAGtwNQBrcEFERABrcENNQQBrcERJVgBrcERPVABrcE1VTABrcFNVQgBrcFpSTwBybXh4AHNteHgAeG0A
    """
}
