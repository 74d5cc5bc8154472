package rule

// derivedFindings words what is wrong with measures on measures, groups of customers and exchange rates.
var derivedFindings = map[string]finding{
	"measure.operand":        {SeverityError, "{1} 不能由 {2} 算出：{2} 要与其他客户比较", "{1} cannot be made from {2}, which compares customers", "改用只看本客户的指标", "use a measure of the customer alone"},
	"measure.cycle":          {SeverityError, "指标互相引用，成了循环：{1}", "measures refer to one another in a circle: {1}", "去掉其中一个引用", "remove one of the references"},
	"measure.units":          {SeverityError, "{1} 不能把 {2}（{3}）与 {4}（{5}）相加减", "{1} cannot add or subtract {2} ({3}) and {4} ({5})", "只加减单位相同的指标；确需相加时给 {1} 写 unit", "add measures of one unit; write a unit on {1} when the sum is meant"},
	"measure.pair":           {SeverityError, "{1} 的 {2} 要写两个指标", "the {2} of {1} needs two measures", "写成 {2}: [a, b]", "write {2}: [a, b]"},
	"measure.growth_of":      {SeverityError, "{1} 不能对 {2} 计算增长：{2} 没有上一期的数值", "{1} cannot be the growth of {2}, which has no value of an earlier window", "改用 sum、count 等有期间的指标", "use a sum, count ... over a window"},
	"measure.share_of":       {SeverityError, "{1} 只能由 sum、count 或它们的和、差汇总，{2} 不是", "{1} can only add up a sum, a count, or their sum or difference, which {2} is not", "改用 sum、count、sum_of 或 difference", "use a sum, count, sum_of or difference"},
	"measure.not_whole":      {SeverityError, "{1} 不能对平均值或比率 {2} 排名", "{1} cannot rank {2}, which is an average or a ratio", "改用 sum、count、max 等", "use a sum, count, max ..."},
	"measure.streak":         {SeverityError, "streak 不能写“{1}”", "streak cannot be {1}", "可用：{2}", "available: {2}"},
	"measure.balance_window": {SeverityError, "{1} 没有写期间，余额平均不知道按哪些天算", "{1} has no window, so nothing says over which days the balance is averaged", "写 window: P12M", "write window: P12M"},
	"measure.total_within":   {SeverityError, "{1} 没有写汇总哪些客户", "{1} does not say over which customers it adds up", "写 within: region，或 within: {relation: [subsidiary, owner]}", "write within: region or within: {relation: [subsidiary, owner]}"},
	"measure.within_alone":   {SeverityError, "{1} 不与其他客户比较，不能写 within", "{1} compares no customers, so it has no within", "删掉 within", "remove within"},
	"measure.within_both":    {SeverityError, "within 里既要字段又要关系，或两者都没有", "within has both a field and relations, or neither", "写 within: region，或 within: {relation: [subsidiary, owner]}", "write within: region or within: {relation: [subsidiary, owner]}"},
	"measure.within_list":    {SeverityError, "字段 {1} 可有几个取值，不能用来分组", "the field {1} may have several values, so it makes no groups", "改用只有一个取值的字段，如 region", "use a field with one value, such as region"},
	"case.relation_shape":    {SeverityError, "关系应写成 [客户编号, 关系, 客户编号]", "a relation is written [code, kind, code]", "写成 [self, subsidiary, C2]", "write [self, subsidiary, C2]"},
	"relation.unknown":       {SeverityError, "没有名为 {1} 的客户关系", "there is no relation {1} between customers", "可用：{2}", "available: {2}"},
	"measure.convert":        {SeverityError, "{1} 不是金额，不能折算", "{1} is not an amount, so nothing is converted", "删掉 convert", "remove convert"},
	"measure.convert_unit":   {SeverityError, "{1} 的币种是 {2}，汇率却折算成 {3}", "{1} is in {2}, but the rates convert into {3}", "去掉 unit，或写成制度的币种", "remove the unit or write the rulebook's currency"},
	"measure.no_rates":       {SeverityError, "{1} 要折算，却没有汇率", "{1} converts amounts, but there are no rates", "在 rates 里写汇率", "write the rates under rates"},
	"rate.no_currency":       {SeverityError, "有汇率，却没有写折算成哪种币种", "there are rates, but nothing says into which currency", "在开头写 currency: CNY", "write currency: CNY at the top"},
	"rate.currency":          {SeverityError, "汇率的币种“{1}”不对", "the currency {1} of the rate is wrong", "写成 USD 这样的三个大写字母，且不是制度自己的币种", "write three capital letters such as USD, other than the rulebook's own currency"},
	"rate.value":             {SeverityError, "汇率“{1}”不对", "the rate {1} is wrong", "写成大于零、最多十位小数的数字", "write a number above zero with at most ten decimal places"},
	"rate.order":             {SeverityError, "{1} 的汇率顺序不对：{2} 写在 {3} 之后", "the rates of {1} are out of order: {2} comes after {3}", "按日期从早到晚写", "write them from the earliest day to the latest"},
	"rate.duplicate":         {SeverityError, "{1} 从 {2} 起的汇率写了两次", "the rate of {1} from {2} occurs twice", "删掉一个", "remove one of them"},
	"rate.unused":            {SeverityWarning, "汇率 {1} 没有被用到", "the rates of {1} are never used", "在金额指标上写 convert: true，或删掉汇率", "write convert: true on an amount or remove the rates"},
}
