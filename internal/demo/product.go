package demo

import "strings"

// Product is something the company sells.
type Product struct {
	Code, Name string
	Price      int64 // fen a piece, to a dealer
	weight     int   // how often it is chosen, among its range
}

// Label is how a product stands in a fact: code and name.
func (p Product) Label() string { return p.Code + " " + p.Name }

// ranges are the product lines; the letter begins the codes of their products.
var ranges = []struct {
	letter string
	items  string // name:price in yuan:weight
}{
	{"LK", "静音插芯门锁:68:9 执手分体锁:92:7 智能指纹锁:560:5 通道球形锁:31:5 玻璃门地锁:85:2 防火门锁:118:2"},
	{"HG", "不锈钢合页:9:9 缓冲铰链:7:9 三节静音滑轨:24:8 液压支撑杆:18:4 隐藏式门吸:16:4 骑马抽滑轨:96:4 折叠门滑轮组:43:2"},
	{"HD", "铝合金拉手:8:7 锌合金抽屉拉手:6:6 隐形拉手:11:4 衣柜挂衣杆:22:4 挂钩组合:14:3"},
	{"SK", "不锈钢单槽:185:6 不锈钢双槽:298:7 手工加厚水槽:520:4 石英石水槽:680:3 厨房抽拉龙头:210:6 冷热面盆龙头:165:5"},
	{"BT", "恒温淋浴花洒:430:4 增压手持花洒:58:6 浴室置物架:76:5 防臭地漏:26:7 角阀:19:6 电热毛巾架:399:2"},
	{"KA", "侧吸油烟机:1180:5 顶吸油烟机:1360:4 双眼燃气灶:690:6 嵌入式消毒柜:1040:3 集成灶:4280:2 蒸烤一体机:2650:3 即热式净水器:1480:2 食物垃圾处理器:920:1"},
	{"KB", "拉篮调味架:148:5 转角拉篮:320:3 升降吊柜篮:460:2 碗碟架:88:5 米箱:65:3 高深柜拉篮:890:2"},
}

// products lists everything that is sold, and for each kind of customer what it buys how often.
func products() []Product {
	var out []Product
	for _, r := range ranges {
		for i, item := range strings.Fields(r.items) {
			f := strings.Split(item, ":")
			out = append(out, Product{Code: r.letter + digits(101+7*i, 4), Name: f[0], Price: number(f[1]) * 100, weight: int(number(f[2]))})
		}
	}
	return out
}

// number reads the whole numbers of the tables in this package.
func number(s string) int64 {
	n := int64(0)
	for i := range len(s) {
		n = n*10 + int64(s[i]-'0')
	}
	return n
}
