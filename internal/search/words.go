package search

// nameReadings: the reading of a character that names of firms, places and people use most, where it is not the first of the
// dictionary, and a second one where both are common enough to be typed.
const nameReadings = `
长 chang zhang
厦 xia sha
都 du
行 hang xing
重 zhong chong
乐 le yue
朝 chao zhao
单 dan shan
曾 zeng ceng
仇 qiu chou
区 qu ou
解 jie xie
查 cha zha
盖 gai ge
朴 pu piao
覃 qin tan
翟 zhai di
缪 miao mou
隗 wei kui
会 hui kuai
传 chuan zhuan
藏 zang cang
参 can shen
调 tiao diao
车 che ju
盛 sheng cheng
宿 su xiu
尉 wei yu
奇 qi ji
率 lv shuai
校 xiao jiao
降 jiang xiang
还 huan hai
柏 bai bo
薄 bo bao
泊 bo po
堡 bao pu
模 mo mu
什 shi shen
弹 dan tan
佛 fo fu
阿 a e
合 he ge
角 jiao jue
觉 jue jiao
卡 ka qia
咖 ka ga
壳 ke qiao
落 luo lao
秘 mi bi
屏 ping bing
折 zhe she
熟 shu shou
省 sheng xing
纶 lun guan
种 zhong chong
召 zhao shao
员 yuan yun
郗 xi chi
茄 qie jia
轧 zha ya
芯 xin
兴 xing
洗 xi xian
冼 xian
适 shi kuo
便 bian pian
六 liu lu
莘 xin shen
夏 xia
牟 mou mu
谌 chen shen
宓 mi fu
粘 nian zhan
券 quan xuan
载 zai
畜 xu chu
处 chu
供 gong
倒 dao
创 chuang
给 ji gei
量 liang
称 cheng
测 ce
尽 jin
强 qiang
塔 ta
地 di
得 de dei
的 de
了 le liao
着 zhe zhuo
大 da dai
暴 bao
石 shi dan
`

// wordReadings: words in which a character is read otherwise than alone.
const wordReadings = `
重庆 chong qing
重阳 chong yang
重重 chong chong
重工 zhong gong
重型 zhong xing
重汽 zhong qi
重机 zhong ji
长安 chang an
长春 chang chun
长沙 chang sha
长江 chang jiang
长城 chang cheng
长虹 chang hong
长治 chang zhi
长兴 chang xing
长乐 chang le
长子县 zhang zi xian
校长 xiao zhang
院长 yuan zhang
成长 cheng zhang
增长 zeng zhang
家长 jia zhang
厦门 xia men
大厦 da sha
广厦 guang sha
银行 yin hang
商行 shang hang
车行 che hang
分行 fen hang
支行 zhi hang
总行 zong hang
央行 yang hang
农行 nong hang
工行 gong hang
建行 jian hang
行业 hang ye
行情 hang qing
洋行 yang hang
琴行 qin hang
旅行 lv xing
行政 xing zheng
自行车 zi xing che
发行 fa xing
飞行 fei xing
出行 chu xing
同行 tong xing
远行 yuan xing
行动 xing dong
行走 xing zou
行者 xing zhe
通行 tong xing
运行 yun xing
执行 zhi xing
步行 bu xing
航行 hang xing
音乐 yin yue
乐器 yue qi
乐团 yue tuan
乐队 yue dui
声乐 sheng yue
乐清 yue qing
乐亭 lao ting
乐陵 lao ling
乐山 le shan
乐平 le ping
乐昌 le chang
快乐 kuai le
娱乐 yu le
欢乐 huan le
六安 lu an
六合 lu he
丽水 li shui
台州 tai zhou
蚌埠 beng bu
番禺 pan yu
东阿 dong e
阿胶 e jiao
大埔 da bu
黄埔 huang pu
洪洞 hong tong
歙县 she xian
浚县 xun xian
铅山 yan shan
尉犁 yu li
尉氏 wei shi
涡阳 guo yang
六盘水 liu pan shui
莘县 shen xian
莘庄 xin zhuang
单县 shan xian
单位 dan wei
解州 hai zhou
解放 jie fang
朝阳 chao yang
朝鲜 chao xian
华阳 hua yang
渑池 mian chi
繁峙 fan shi
井陉 jing xing
获鹿 huo lu
蔚县 yu xian
大城县 dai cheng xian
任丘 ren qiu
任县 ren xian
曲阜 qu fu
莒县 ju xian
盱眙 xu yi
浒墅关 xu shu guan
甪直 lu zhi
鄞州 yin zhou
台山 tai shan
天台 tian tai
阆中 lang zhong
犍为 qian wei
郫县 pi xian
荥经 ying jing
荥阳 xing yang
中牟 zhong mu
筠连 jun lian
珙县 gong xian
綦江 qi jiang
涪陵 fu ling
监利 jian li
秭归 zi gui
猇亭 xiao ting
郧西 yun xi
耒阳 lei yang
枞阳 zong yang
砀山 dang shan
黟县 yi xian
婺源 wu yuan
弋阳 yi yang
长汀 chang ting
柘荣 zhe rong
东莞 dong guan
莞城 guan cheng
高要 gao yao
儋州 dan zhou
吐鲁番 tu lu fan
喀什 ka shi
巴音郭楞 ba yin guo leng
临朐 lin qu
无棣 wu di
藁城 gao cheng
涿州 zhuo zhou
蠡县 li xian
西藏 xi zang
藏族 zang zu
收藏 shou cang
珍藏 zhen cang
会计 kuai ji
会稽 kuai ji
财会 cai kuai
传媒 chuan mei
传播 chuan bo
传感 chuan gan
传动 chuan dong
自传 zi zhuan
调味 tiao wei
调料 tiao liao
空调 kong tiao
调和 tiao he
调查 diao cha
调研 diao yan
调度 diao du
调配 diao pei
查询 cha xun
检查 jian cha
人参 ren shen
海参 hai shen
参茸 shen rong
丹参 dan shen
模具 mu ju
模板 mu ban
模型 mo xing
模特 mo te
规模 gui mo
降落 jiang luo
校准 jiao zhun
校验 jiao yan
学校 xue xiao
柏林 bo lin
湖泊 hu po
薄荷 bo he
薄膜 bo mo
佛山 fo shan
石家庄 shi jia zhuang
宝石 bao shi
钻石 zuan shi
证券 zheng quan
便利 bian li
便民 bian min
便宜 pian yi
畜牧 xu mu
牲畜 sheng chu
畜禽 chu qin
供给 gong ji
给排水 ji pai shui
给水 ji shui
率先 shuai xian
效率 xiao lv
绿色 lv se
角色 jue se
直角 zhi jiao
卡车 ka che
咖啡 ka fei
咖喱 ga li
贝壳 bei ke
甲壳 jia qiao
涤纶 di lun
锦纶 jin lun
种子 zhong zi
种植 zhong zhi
解决 jie jue
轧钢 zha gang
轧制 zha zhi
番茄 fan qie
茄子 qie zi
粘合 nian he
粘胶 zhan jiao
子弹 zi dan
弹簧 tan huang
弹性 tan xing
吴堡 wu bu
柴沟堡 chai gou bu
大夫 dai fu
大王庄 da wang zhuang
合作 he zuo
联合 lian he
觉醒 jue xing
省会 sheng hui
重要 zhong yao
双重 shuang chong
还原 huan yuan
都市 du shi
成都 cheng du
首都 shou du
宿迁 su qian
宿州 su zhou
星宿 xing xiu
兴盛 xing sheng
奇数 ji shu
神奇 shen qi
奇瑞 qi rui
车辆 che liang
汽车 qi che
卜蜂 bu feng
区域 qu yu
地区 di qu
新区 xin qu
园区 yuan qu
开发区 kai fa qu
社区 she qu
小区 xiao qu
会展 hui zhan
社会 she hui
协会 xie hui
商会 shang hui
盛大 sheng da
昌盛 chang sheng
朴素 pu su
淳朴 chun pu
涵盖 han gai
秘书 mi shu
屏幕 ping mu
成熟 cheng shu
`

// surnameReadings: surnames read otherwise than the character usually is, and those of two characters that contain one.
const surnameReadings = `
单 shan
曾 zeng
仇 qiu
区 ou
解 xie
查 zha
盖 ge
朴 piao
任 ren
缪 miao
乐 yue
员 yun
折 she
种 chong
秘 bi
冼 xian
洗 xian
佴 nai
覃 qin
翟 zhai
召 shao
逄 pang
隗 wei
繁 po
宓 mi
谌 chen
呙 guo
郗 xi
晁 chao
褚 chu
贠 yun
尹 yin
牟 mou
车 che
石 shi
盛 sheng
柏 bai
薄 bo
祭 zhai
俞 yu
应 ying
宁 ning
华 hua
燕 yan
哈 ha
黑 he
阚 kan
昝 zan
亓 qi
仉 zhang
撒 sa
麻 ma
莘 shen
郇 xun
郏 jia
长 zhang
重 chong
行 xing
强 qiang
奇 qi
尉 wei
费 fei
卜 bu
万 wan
桑 sang
阿 a
那 na
曲 qu
纪 ji
藏 zang
都 du
尉迟 yu chi
万俟 mo qi
长孙 zhang sun
令狐 ling hu
澹台 tan tai
单于 chan yu
宇文 yu wen
鲜于 xian yu
皇甫 huang fu
尉氏 wei shi
公冶 gong ye
濮阳 pu yang
赫连 he lian
呼延 hu yan
慕容 mu rong
司马 si ma
欧阳 ou yang
上官 shang guan
诸葛 zhu ge
夏侯 xia hou
东方 dong fang
独孤 du gu
南宫 nan gong
西门 xi men
百里 bai li
拓跋 tuo ba
完颜 wan yan
纳兰 na lan
乐正 yue zheng
`
