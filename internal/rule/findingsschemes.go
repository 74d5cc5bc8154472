package rule

// schemeFindings words what can be wrong with parallel schemes and what stands between a score and its grade.
var schemeFindings = map[string]finding{
	"scheme.too_many":   {SeverityError, "等级体系超过 {1} 个", "there are more than {1} schemes", "删减，或拆成几部制度", "use fewer schemes or several rulebooks"},
	"scheme.duplicate":  {SeverityError, "两个等级体系都叫 {1}，同一个等级代码会有两种含义", "two schemes are named {1}, so one code would have two meanings", "给每个体系起不同的 scheme", "give every scheme an id of its own"},
	"scheme.name_taken": {SeverityError, "等级体系 {1} 与指标、判定项或评分表同名", "the scheme {1} has the name of a measure, a judgement or a scorecard", "改其中一个名称", "rename one of them"},
	"scheme.later":      {SeverityError, "等级体系 {1} 用到了排在它后面的 {2}", "the scheme {1} reads {2}, which is decided after it", "把 {2} 移到前面；后面的体系才能引用前面的", "move {2} up; a scheme may only read those before it"},
	"scheme.unknown":    {SeverityError, "没有名为 {1} 的等级体系", "there is no scheme named {1}", "可用或相近的：{2}", "available or nearest: {2}"},
	"scheme.code":       {SeverityError, "等级体系 {3} 没有等级 {1}", "the scheme {3} has no grade {1}", "可用或相近的：{2}；两个体系的等级不要混用", "available or nearest: {2}; do not mix the grades of two schemes"},
	"scheme.two_cards":  {SeverityError, "等级体系 {1} 同时用到评分表 {2} 和 {3}", "the scheme {1} reads two scorecards, {2} and {3}", "一个体系用一张评分表；另写一个体系，再在条件里引用它", "use one scorecard for a scheme; write another scheme and name it in the condition"},
	"rule.too_many":     {SeverityError, "这里的规则超过 {1} 条", "there are more than {1} rules here", "合并或删减", "merge or remove some"},
	"bonus.score":       {SeverityError, "加分条件不能引用总分本身", "a bonus cannot depend on the score it adds to", "改用指标、判定项或前面的等级体系", "use a measure, a judgement or an earlier scheme"},
	"bonus.nothing":     {SeverityWarning, "这条加分是零分", "this bonus is of no points", "写上分数，或删掉它", "write the points or remove it"},
	"veto.never":        {SeverityWarning, "最高只能到 {1} 不会限制任何客户：{1} 已是最好的等级", "at most {1} restrains nobody: {1} is the best grade", "写一个较低的等级，或删掉它", "write a lower grade or remove it"},
	"limit.never":       {SeverityWarning, "限制“{1}”永远不起作用：它允许的等级已包含所有可能的结果", "the limit {2} never has an effect: it allows every outcome there can be", "收窄 allow，或删掉这条限制", "allow fewer grades or remove the limit"},
	"limit.holes":       {SeverityError, "允许的等级 {1} 中间有空缺，夹在中间的结果无所归", "the allowed grades {1} leave a grade out in between", "写成相邻的等级", "allow grades that lie next to each other"},
	"limit.conflict":    {SeverityWarning, "两条限制可能同时成立，允许的等级却没有共同的：{1}；{2}", "two limits may hold together but allow no grade in common: {1}; {2}", "改条件使它们不会同时成立，或让允许的等级有交集；现在以后写的为准", "change the conditions so that only one holds, or let the allowed grades overlap; as it stands the later one decides"},
	"limit.open":        {SeverityWarning, "限制按 {1} 规定了等级，却没有规定 {2} 可以有哪些等级", "the limits go by {1} but do not say which grades {2} may have", "为 {2} 写一条 allow；确实不限的话允许全部等级，确实不评的话只允许未达级", "write an allow for {2}: all grades where nothing is limited, the ungraded label where no grade is given"},
	"hold.table":        {SeverityError, "判定表没有分数，不能写 hold", "a decision table has no score to hold on", "改用 bands，或删掉 hold", "use bands, or remove hold"},
	"hold.margin":       {SeverityError, "保级余量“{1}”应是大于零的数", "the margin {1} must be a number above zero", "写成 5、2% 这样的数", "write a number such as 5 or 2%"},
	"hold.wide":         {SeverityWarning, "保级余量 {1} 比等级 {2} 的整个档位还宽，客户可以跨级保留", "the margin {1} is wider than the whole band of {2}, so a grade can be kept across it", "减小 margin", "use a smaller margin"},
	"table.disagree":    {SeverityWarning, "这种情况下判定表第 {3} 行和第 {4} 行同时成立而等级不同，客户会没有等级：{1}", "in this situation rows {3} and {4} both hold and give different grades, so there is no grade: {2}", "改条件，或把 hit 改为 first、best 或 worst", "change the conditions, or write hit: first, best or worst"},
	"segment.unknown":   {SeverityError, "没有名为“{1}”的客户群", "there is no segment named “{1}”", "可用或相近的：{2}；先在“客户群”里建立它", "available or nearest: {2}; make it under Segments first"},
	"segment.one":       {SeverityError, "{1} 只能写一个客户群的名称", "{1} takes the name of one segment", "写成 {1}: 名称；要属于几个之一，就写几行", "write {1}: NAME; for one of several write several rows"},
	"segment.circle":    {SeverityError, "循环：客户群“{1}”的成员取决于 {2} 的等级，而这部制度又按这个客户群定等级", "a circle: who is in the segment “{1}” depends on grades of {2}, which this rulebook decides by that segment", "在客户群的条件里去掉等级，或改用固定成员的客户群", "take the grade out of the segment's conditions, or use a segment with chosen members"},
	"score.unused":      {SeverityWarning, "评分表 {1} 没有被任何等级体系用到", "no scheme uses the scorecard {1}", "在某个体系写 from: {1}，或删掉它", "write from: {1} in a scheme or remove it"},
}
