package rule

// principleFindings words where a rulebook falls short of what every grading owes to those concerned.
var principleFindings = map[string]finding{
	"principle.free_hand": {SeverityWarning, "评分表 {1} 的 {3} 分中有 {2} 分凭人判断，超过一半，评定主要靠主观", "of the {3} points of the scorecard {1}, {2} are judged by people: more than half, so opinion decides", "把判定项改由指标得出，或降低判定项的分值、权重，使其不超过一半", "work judged lines out from measures, or lower their points or weights to half or less"},
	"principle.one_item":  {SeverityWarning, "评分表 {1} 只有 {2} 一项，谈不上权重", "the scorecard {1} has one line only, {2}, so nothing is weighed", "再加上频次、潜力等指标并分配分值；确实只看一项时，直接在这个指标上写 bands，不用评分表", "add lines such as frequency or potential and share out the points; where one figure does decide, write bands on that measure without a scorecard"},
	"principle.static":    {SeverityWarning, "没有任何规则使等级随时间变化：没有复评、有效期、触发、保级余量或休眠", "nothing makes a grade move with time: no review, expiry, trigger, margin or dormancy", "写 review（每年复评）、expires（有效期）或 triggers（遇事即评）；周期不在原文时标 assumed: true", "write review, expires or triggers; mark a period the text does not give with assumed: true"},
	"principle.closed":    {SeverityWarning, "评定标准没有发给任何人，被评定和执行的人无从知道", "the criteria are distributed to nobody, so those who apply them cannot know them", "写 distribution: {to: [...]}，列出需要阅读确认的岗位；原文没有的标 assumed: true", "write distribution: {to: [...]} with the posts that confirm the reading; mark it assumed: true when the text does not name them"},
	"principle.missing":   {SeverityWarning, "{1} 可能没有数据，却没有写那时怎么办", "{1} may have no data, and nothing says what happens then", "写 missing: refuse（不评并说明原因）、一个数值，评分项还可写 neutral 或 worst，判定项还可写 undecided 或一个答案", "write missing: refuse (no verdict, with the reason) or a number; on a line of a scorecard also neutral or worst, on a judgement also undecided or an answer"},
}
