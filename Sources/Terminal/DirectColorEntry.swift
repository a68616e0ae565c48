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
///   setaf=\E[38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,
///   setab=\E[48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,
///   setb@, setf@,
///   use=xterm-256color,
/// ```
///
/// Other entries keep 0–7 as places in the palette, which costs more than half as much time again for every
/// glyph of another colour. It is compiled and printed by
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
    b64:HgI6ACYADwCdAdoFdG9sbGdhdGUtZGlyZWN0fHh0ZXJtIHdpdGggZGlyZWN0IGNvbG91ciBpbiBzZW1pY29sb24g\
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
    ____________________________________HgUvBf____________________________9BBf_______0UFgQX_____\
    _____________70F____________________________________________________________________________\
    ____________________________________1AXXBRtbWgAHAA0AG1slaSVwMSVkOyVwMiVkcgAbWzNnABtbSBtbMkoA\
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
    G1szODsyOyVwMSV7NjU1MzZ9JS8lZDslcDElezI1Nn0lLyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZG0AG1s0ODsyOyVw\
    MSV7NjU1MzZ9JS8lZDslcDElezI1Nn0lLyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZG0AG1s_NjloG1slaSVwMSVkOyVw\
    MiVkcwAbbAAbbQADAAAATgCfANwDAQEBAAAACQASABkAJQAqADwAQwBKAFAAWgB6AIEAiACPAJYAnQCkAKsAsgC5AMAA\
    xwDOANUA3ADjAOoA8QD4AP8ABgENARQBGwEiASkBMAE3AT4BRQFMAVMBWgFhAWgBbwF2AX0BhAGLAZIBmQGgAacBrgG1\
    AbwBwwHKAdEB2AHfAeYB6gHuAfIB9gH6Af4BAgIGAgoCDgISAhYCHAIhAgAAAwAHAAoADQAQABMAFgAZABwAHwAiACUA\
    KAArADAANQA6AD8ARABIAE0AUgBXAFwAYQBnAG0AcwB5AH8AhQCLAJEAlwCdAKIApwCsALEAtgC8AMIAyADOANQA2gDg\
    AOYA7ADyAPgA_gAEAQoBEAEWARwBIgEoAS4BMgE3ATwBQQFGAUsBTwFTAVcBWwFfAWUBawFxAXcBfQGDAYkBjgGTARtb\
    PzIwMDRsABtbPzIwMDRoABtdMTEyBwAbXTEyOyVwMSVzBwAbWzNKABtdNTI7JXAxJXM7JXAyJXMHABtbMjAxfgAbWzIw\
    MH4AG1syIHEAG1slcDElZCBxABtbPzEwMDY7MTAwMCU_JXAxJXsxfSU9JXRoJWVsJTsAG1szOzN-ABtbMzs0fgAbWzM7\
    NX4AG1szOzZ-ABtbMzs3fgAbWzE7MkIAG1sxOzNCABtbMTs0QgAbWzE7NUIAG1sxOzZCABtbMTs3QgAbWzE7M0YAG1sx\
    OzRGABtbMTs1RgAbWzE7NkYAG1sxOzdGABtbMTszSAAbWzE7NEgAG1sxOzVIABtbMTs2SAAbWzE7N0gAG1syOzN-ABtb\
    Mjs0fgAbWzI7NX4AG1syOzZ-ABtbMjs3fgAbWzE7M0QAG1sxOzREABtbMTs1RAAbWzE7NkQAG1sxOzdEABtbNjszfgAb\
    WzY7NH4AG1s2OzV-ABtbNjs2fgAbWzY7N34AG1s1OzN-ABtbNTs0fgAbWzU7NX4AG1s1OzZ-ABtbNTs3fgAbWzE7M0MA\
    G1sxOzRDABtbMTs1QwAbWzE7NkMAG1sxOzdDABtbMTsyQQAbWzE7M0EAG1sxOzRBABtbMTs1QQAbWzE7NkEAG1sxOzdB\
    ABtPeAAbT3QAG092ABtPcgAbT0UAG09rABtPbAAbT28AG09uABtPagAbT20AG09wABtbMjltABtbOW0AG1s8JWklcDMl\
    ZDslcDElZDslcDIlZDslPyVwNCV0TSVlbSU7AEFYAFJHQgBYVABCRABCRQBDcgBDcwBFMwBNcwBQRQBQUwBTZQBTcwBY\
    TQBrREMzAGtEQzQAa0RDNQBrREM2AGtEQzcAa0ROAGtETjMAa0RONABrRE41AGtETjYAa0RONwBrRU5EMwBrRU5ENABr\
    RU5ENQBrRU5ENgBrRU5ENwBrSE9NMwBrSE9NNABrSE9NNQBrSE9NNgBrSE9NNwBrSUMzAGtJQzQAa0lDNQBrSUM2AGtJ\
    QzcAa0xGVDMAa0xGVDQAa0xGVDUAa0xGVDYAa0xGVDcAa05YVDMAa05YVDQAa05YVDUAa05YVDYAa05YVDcAa1BSVjMA\
    a1BSVjQAa1BSVjUAa1BSVjYAa1BSVjcAa1JJVDMAa1JJVDQAa1JJVDUAa1JJVDYAa1JJVDcAa1VQAGtVUDMAa1VQNABr\
    VVA1AGtVUDYAa1VQNwBrYTIAa2IxAGtiMwBrYzIAa3A1AGtwQUREAGtwQ01BAGtwRElWAGtwRE9UAGtwTVVMAGtwU1VC\
    AGtwWlJPAHJteHgAc214eAB4bQA=
    """
}
