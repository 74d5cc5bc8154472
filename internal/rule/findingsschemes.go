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
	"score.unused":      {SeverityWarning, "评分表 {1} 没有被任何等级体系用到", "no scheme uses the scorecard {1}", "在某个体系写 from: {1}，或删掉它", "write from: {1} in a scheme or remove it"},
}
