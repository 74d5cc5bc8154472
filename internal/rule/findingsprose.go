package rule

// proseFindings words what is wrong with texts: traces of copying, dates and figures that contradict each other, clauses that
// are missing or break off, and words that promise without saying when.
var proseFindings = map[string]finding{
	"text.pinyin":        {SeverityWarning, "文字里留有注音：{1}", "a reading in brackets is left in the text: {1}", "删掉括号里的拼音，并核对是否为简体", "remove the brackets and check the characters"},
	"text.catalogue_id":  {SeverityWarning, "目录编号 {1} 出现在读者看得到的文字里", "the catalogue id {1} stands in a text people read", "移到 source: 里，或删掉", "move it to source: or remove it"},
	"text.boilerplate":   {SeverityWarning, "这不是制度的内容，而是网页或页眉页脚留下的：{1}", "this is left over from a page and no part of the regulation: {1}", "删掉它", "remove it"},
	"text.replacement":   {SeverityError, "有一个字符已经丢失（显示为 �）", "a character is lost (shown as �)", "对照原文补上这个字", "write the character as the original has it"},
	"text.control":       {SeverityError, "文字里有不可见的字符 {1}", "the text contains the invisible character {1}", "删除该字符", "remove the character"},
	"text.truncated":     {SeverityWarning, "第 {1} 条好像没有写完：“{2}”", "clause {1} seems to break off: “{2}”", "补全文字，或以句号结束", "complete the text or end it with a full stop"},
	"dates.count":        {SeverityWarning, "写的是 {1} 天，而所写的两个日期之间有 {2} 天", "it says {1} days, but there are {2} from the one date to the other", "改正天数或日期", "correct the days or the dates"},
	"clause.reference":   {SeverityWarning, "“{1}”在条款里找不到", "{1} is not among the clauses", "改成存在的编号，或补上这一条", "name a clause that exists or add it"},
	"clause.number_gap":  {SeverityWarning, "第 {2} 条之前缺少第 {1} 条", "before clause {2} the numbering lacks {1}", "补上缺少的条款，或重新编号", "add what is missing or number anew"},
	"cadence.unstated":   {SeverityWarning, "第 {1} 条只说“{2}”，{3} 的 {4} 是另定的，却没有标明是假定", "clause {1} says “{2}” only; {4} of {3} was chosen but is not marked as assumed", "加上 assumed: true，最好写成设置，让公司自己定", "mark it assumed: true, best as a setting that the company chooses"},
	"role.alias_twice":   {SeverityWarning, "名称“{1}”同时指岗位 {2} 和 {3}", "the name {1} stands for two roles, {2} and {3}", "只给其中一个岗位写这个名称", "give the name to one of them only"},
	"scheme.order_turns": {SeverityInfo, "{1} 与 {2} 在等级体系 {3} 和 {4} 里的高低相反", "{1} and {2} rank one way in the scheme {3} and the other way in {4}", "确认两个体系的顺序都是制度的本意；等级只在自己的体系里比较", "make sure that both orders are meant; grades are compared within their own scheme only"},
	"scheme.same_code":   {SeverityInfo, "等级代码 {1} 在体系 {2} 里是“{4}”，在 {3} 里是“{5}”", "the code {1} is “{6}” in the scheme {2} and “{7}” in {3}", "给两个体系不同的代码，读者就不会混淆", "use different codes in the two schemes, so that nobody confuses them"},
	"days.unstated":      {SeverityWarning, "“{1}”没有说明是工作日还是日历日", "{1} does not say whether it counts working or calendar days", "在旁边（或在 review、流程里）写 days: working 或 days: calendar", "write days: working or days: calendar beside it, under review, or at the procedure"},
	"deadline.unsplit":   {SeverityWarning, "{1} 天内要经 {2} 次签字，却没有写每一步的时间", "{2} signatures must fit into {1} days, but no step says how long it may take", "给每一步写 within", "write within for each step"},
	"window.deadline":    {SeverityWarning, "期限写的是 {1} 天，起止日期之间却有 {2} 天", "the deadline says {1} days, but the window holds {2}", "改正其中一个", "correct one of them"},
	"indicator.baseline": {SeverityError, "目标“{1}”是增减量，却没有说以什么为基数", "the target {1} is a change without the value it starts from", "写成要达到的值；增长用 growth 指标来算", "write the value to reach; work a growth out with a growth measure"},
}
