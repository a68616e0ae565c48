/// The screens that the views are compared with.
extension SnapshotTests {
  /// The Overview view at 80×24.
  static let overviewRows = #"""
     tollgate  mnist-coupled-50          epoch 8 . class 0 . sample 0, true class 0
     1 Overview 2 Classes 3 Cells 4 Sample 5 Lesion 6 Training 7 Compare 8 Depth
    >gate bias                mean T                  | layer 3 . unit 4
      1 -*-:*-=#++:=*====.--   1 .-*.+:.::.:- :--.-.. | coupled, tanh
      2 .==-++-=---==*==+*.-   2 ..-+=+.: - *.:::..:. | gate bias            -3.442
      3 #*:====+@==-%+*=++=#   3 .:.:...:.-:.- .-:.:. |   since start        -1.442
      4 +%*--%=-+-#%=##++-=+   4 .... .: . .:.:.:: .  | mean T       0.220 +- 0.154
      5 =+%*+*#**+*#*#+#=*=+   5   ....... ...... : . |   range       0.022 - 0.678
      6 **#*+**-%##+*#=#***+   6 ....... ... .. ..... | class 0 mean T        0.149
      7 #+*#*+*##*#*#+####*%   7 ..... .............. |   deviation          -0.071
      8 **##%#*##+##*##%#*##   8 .................... | class share eta2      0.152
      9 #%%###*##**%*#*%#%%#   9 .................... | sample T, C     0.089 0.911
     10 %%#%%%##%##*%%#%####  10 .................... |   H, y         0.933 -0.079
     11 @##%@%%%%@%%@%%#%%%%  11 .................... | T over samples, sqrt
     12 %%@@%%%#@%#@@%%@%%%%  12 .................... |  ###
        0 4       20             0 4       20         | ######
     -3.9  ..:--=+**#%%@ -1.9  0  .::-= 0.4 +*##%@ 0.9| ####### ##
     layer x unit             layer x unit            | ########### ###
     2 units a cell           2 units a cell          | ########### ###
     Tab gate bias . mean T . sample T . sample y     | 0         0.5        1
     layer 3, unit 4: T from 0.10 to 0.90 for 76.4 % of samples
     loss  ## ** ++ == -- :: .. __ __            test loss 0.4205, accuracy 90.50 %
     epoch *0 *1 *2 *3 *4 *5 *6 *7 *8                                  epoch 8 of 8
     <v^> move  Tab heatmap  [] class  ,. sample  <> epoch  ? help  q leave
    """#

  /// The Classes view at 80×24.
  static let classesRows = #"""
     tollgate  mnist-coupled-50          epoch 8 . class 0 . sample 0, true class 0
     1 Overview 2 Classes 3 Cells 4 Sample 5 Lesion 6 Training 7 Compare 8 Depth
    >class 0 - mean, 300 test samples            | layer 3 . unit 4
      1 -  +*+%*#+#-#=*--%=-=# =  #=+##= %*-*--= | coupled, tanh
      2 =++ +-++*+=+**+-- -#-+  +==-*%*#* *-+**+ | gate bias               -3.442
      3 +--=--*- + -+-+% - *+- +- ++ -**-* --+ - |   since start           -1.442
      4   -       - -  -     --   *--  + - +     | mean T          0.220 +- 0.154
      5        +    +   -    +     + + -   +  +  | class 0 mean T           0.149
      6                           -   +     +    |   deviation             -0.071
      7                                          | class share eta2         0.152
      8                                          | sample T, C        0.089 0.911
      9                                          |   H, y            0.933 -0.079
     10                                          | the layer's 40 cells
     11                                          |   carried                 16.4
     12                                          |   mixed                   23.6
        0   4     10        20        30         |   transformed              0.0
          <=-0.25 %%%%===--  0  ++***#### >=0.25 | each class - mean
     row: layer . column: unit                   | 0  ##########|           -0.071
                                                 | 1           #|           -0.005
                                                 | 2            |########## +0.076
     layer 3, unit 4: T from 0.10 to 0.90 for 76.4 % of samples
     loss  ## ** ++ == -- :: .. __ __            test loss 0.4205, accuracy 90.50 %
     epoch *0 *1 *2 *3 *4 *5 *6 *7 *8                                  epoch 8 of 8
     <v^> move  [] class  a all  v against  r rank  <> epoch  ? help  q leave
    """#

  /// The Cells view at 80×24.
  static let cellsRows = #"""
     tollgate  mnist-coupled-50          epoch 8 . class 0 . sample 0, true class 0
     1 Overview 2 Classes 3 Cells 4 Sample 5 Lesion 6 Training 7 Compare 8 Depth
     Cells of 300 test samples: 3.9 % open (T > 0.5)       | layer 3 . unit 4
     .. carried < 0.10  == mixed  ## transformed > 0.90    | coupled, tanh
    layer                       carr.  mixed trans.   open | gate bias        -3.442
      1  ..........==========#   19.5   19.1    1.4    7.3 |   since start    -1.442
      2  .........============   16.9   22.5    0.7    6.5 | mean T   0.220 +- 0.154
      3  .........============   16.4   23.6    0.0    3.1 |   range   0.022 - 0.678
      4  ...........==========   20.9   19.1    0.0    1.1 | class 0 mean T    0.149
      5  ............=========   21.9   18.1    0.0    0.5 |   deviation      -0.071
      6  ............=========   22.3   17.7    0.0    0.2 | class share eta2  0.152
      7  ............=========   22.4   17.6    0.0    0.0 | sample T, C 0.089 0.911
      8  ............=========   22.7   17.3    0.0    0.0 |   H, y     0.933 -0.079
      9  ............=========   22.2   17.8    0.0    0.0 | T over samples, sqrt
     10  ............=========   21.9   18.1    0.0    0.0 |  ###
     11  ..........===========   19.1   20.9    0.0    0.0 | ######
     12  ..........===========   18.4   21.6    0.0    0.0 | ####### ##
                                                           | ########### ###
                                                           | ########### ###
                                                           | 0         0.5        1
     layer 3: of 40 units, 16.4 carried, 23.6 mixed, 0.0 transformed on average
     loss  ## ** ++ == -- :: .. __ __            test loss 0.4205, accuracy 90.50 %
     epoch *0 *1 *2 *3 *4 *5 *6 *7 *8                                  epoch 8 of 8
     <v^> move  a cells of  -+ low  () high  [] class  ,. sample  ? help  q leave
    """#

  /// The Training view at 80×24.
  static let trainingRows = #"""
     tollgate  mnist-coupled-50          epoch 8 · class 0 · sample 0, true class 0
     1 Overview 2 Classes 3 Cells 4 Sample 5 Lesion 6 Training 7 Compare 8 Depth
     loss (nats, log)   ━ train  ━ test                │ idle
          │⠒⠤⢄⣀⡀                                    │  │ t     trains epoch 9
         2┤    ⠈⠛⠶⠶⣤⣤⣀⡀                             │  │ space trains on from there
          │          ⠉⠙⠛⠶⠶⣤⡤⣀⣀⣀                     │  │
         1┤                ⠈⠉⠑⠒⠫⠭⣒⡢⠤⢄⣀              │  │ epoch   train    test acc.%
          │                       ⠈⠉⠑⠒⠭⢕⣒⡢⠤⣀⣀       │  │     1  1.8112  1.9181 32.49
       0.5┤                              ⠈⠉⠒⠒⠭⠭⣒⡒⠤⠤⢄⣀  │     2  1.4150  1.5282 50.93
          │                                     ⠈⠉⠒⠒⠤  │     3  1.1064  1.1924 63.51
    epoch  0         2          4         6         8  │     4  0.8661  0.9723 73.33
     accuracy   ━ train  ━ test                        │     5  0.6790  0.7894 80.15
          │                           ⢀⣀⣀⣤⣤⣤⣤⠶⠶⠶⠶⠶⠒⠒⠒  │     6  0.5332  0.6388 84.89
       80%┤                  ⢀⣀⣠⣤⠴⠖⠒⠋⠉⠉⠁            │  │     7  0.4197  0.5110 88.06
       60%┤            ⢀⣀⠤⠒⠚⠉⠉⠉                     │  │     8  0.3313  0.4205 90.50
          │        ⣀⡤⠖⠊⠁                            │  │
       40%┤     ⡤⠖⠋⠁                                │  │ batch size 100; learning
       20%┤  ⢀⠔⠊                                    │  │ rate 0.01, × 0.98 an epoch;
          │⡠⠒⠁                                      │  │ momentum 0.9; seed 1;
    epoch  0         2          4         6         8  │ parameters 289,660
     epoch 8: 90.50 % of test samples are classified correctly
     loss  ██ ▇▇ ▆▆ ▅▅ ▄▄ ▃▃ ▂▂ ▁▁ ▁▁            test loss 0.4205, accuracy 90.50 %
     epoch ●0 ●1 ●2 ●3 ●4 ●5 ●6 ●7 ●8                                  epoch 8 of 8
     ←→ epoch  t train  space run  N new  : command  e export  ? help  q leave
    """#
}
