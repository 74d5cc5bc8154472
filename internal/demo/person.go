package demo

import (
	"strings"

	"kezhi/internal/search"
)

// surnames with how common they are, roughly per thousand people.
var surnames = strings.Fields(`王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎
余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文`)

// firsts and seconds are the two characters of given names. They are put together at random, so whoever bears such a name
// bears it by chance.
var (
	firsts = strings.Fields(`砚 沐 栩 珩 笙 芃 澄 祺 屿 昱 岚 乔 晏 峤 筠 湛 溪 珞 叙 朔 珺 璟 芮 淳 黛 翊 甄 疏 汀 樾
景 予 知 书 怀 承 思 若 清 允 如 以 向 既 初 言 修 秉 润 启`)
	seconds = strings.Fields(`川 衡 宁 舟 禾 安 远 歌 铭 澜 辰 桐 柏 霖 岳 瑜 恒 棠 妍 白 临 汐 潼 樵 棣 旸 峥 庭 畅 笛
墨 楠 枫 然 蔚 菡 毓 珈 绮 钧`)
	titles = strings.Fields(`总经理 采购经理 采购主管 财务经理 财务主管 店长 副总经理 仓储主管 业务经理 工程部经理 物流主管 行政主管`)
)

// person makes a name nobody is meant by. The more common surnames come up more often.
func (s source) person() string {
	i := min(s.below(len(surnames)), s.below(len(surnames)))
	return surnames[i] + pick(s, firsts) + pick(s, seconds)
}

// latin writes a Chinese text in pinyin without spaces and in ASCII.
func latin(text string) string {
	return strings.ReplaceAll(strings.Join(search.Pinyin(text, false), ""), "ü", "v")
}

// latinPerson writes a person's name the way mail addresses carry it: the surname behind a dot.
func latinPerson(name string) string {
	r := []rune(name)
	p := search.Pinyin(name, true)
	if len(p) != len(r) {
		return latin(name)
	}
	return strings.ReplaceAll(strings.Join(p[1:], "")+"."+p[0], "ü", "v")
}

// mobilePrefixes are the beginnings of mobile numbers; four zeros follow each of them.
var mobilePrefixes = strings.Fields(`138 139 136 137 135 158 159 150 151 152 157 187 188 182 183 184 178 130 131 132 155 156 185 186 176 133 153 180 181 189 177 134`)

// mobile gives the n-th mobile number of the demo: 138 0000 0000, 139 0000 0000 … No two n give the same one below 320,000.
func mobile(n int) string {
	tail := []byte("0000")
	for i, rest := 3, n/len(mobilePrefixes); i >= 0; i, rest = i-1, rest/10 {
		tail[i] = byte('0' + rest%10) //nolint:gosec // a digit
	}
	return mobilePrefixes[n%len(mobilePrefixes)] + "0000" + string(tail)
}
