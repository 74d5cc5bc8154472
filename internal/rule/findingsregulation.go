package rule

// regulationFindings words what can be wrong with a regulation as a document, its indicators and its reports.
var regulationFindings = map[string]finding{
	"cites.expired":         {SeverityWarning, "引用的“{1}”在 {3} 已失效，而本制度自 {4} 生效", "the cited {2} ceased to be valid on {3}; this rulebook takes effect on {4}", "改引现行的规定，或删掉引用", "cite the rule that is valid now or remove the citation"},
	"cites.early":           {SeverityWarning, "引用的“{1}”自 {3} 才生效，而本制度自 {4} 生效", "the cited {2} becomes valid on {3} only; this rulebook takes effect on {4}", "改引现行的规定，或推迟生效", "cite the rule that is valid then or take effect later"},
	"indicator.duplicate":   {SeverityError, "指标键 {1} 已有别的含义", "the indicator key {1} already means something else", "换一个 key", "use another key"},
	"indicator.needs":       {SeverityError, "考核指标 {1}（{2}）没有写 {3}", "the indicator {1} ({2}) does not say which {3}", "写上 {3}", "write {3}"},
	"indicator.meaningless": {SeverityError, "考核指标 {1}（{2}）用不到 {3}", "the indicator {1} ({2}) has no use for {3}", "删掉 {3}，或换一种 of", "remove {3} or use another of"},
	"indicator.target":      {SeverityError, "考核指标 {1} 的目标 {2} 不可能达到：比例在 0 到 100% 之间", "the target {2} of {1} cannot be: a share lies between 0 and 100%", "写成 95% 这样的比例", "write a share such as 95%"},
	"duty.hours":            {SeverityError, "义务 {1} 的工时“{2}”应为大于 0、不超过 {3} 的数字", "the hours {2} of the duty {1} must be a number above 0 and at most {3}", "写成 2.5 这样的小时数", "write hours such as 2.5"},
	"duty.unknown":          {SeverityError, "没有编号为 {1} 的义务", "there is no duty with the key {1}", "可用或相近的：{2}", "available or nearest: {2}"},
	"report.duplicate":      {SeverityError, "报告 {1} 出现两次", "the report {1} occurs twice", "给其中一个写不同的 key", "give one of them another key"},
	"report.due_day":        {SeverityError, "到期日“{1}”不是一个月里的日子", "the due day {1} is no day of a month", "写 1 到 28", "write 1 to 28"},
	"report.due_day_short":  {SeverityWarning, "有的月份没有 {1} 日，报告在那些月份以月末为到期日", "some months have no day {1}; there the report is due on the last day", "写 1 到 28", "write 1 to 28"},
	"report.due_day_period": {SeverityError, "周期 {1} 不是整月，没有次月的到期日", "the period {1} is not in whole months, so there is no month after it", "写 month、quarter、year 或 P2M 这样的整月", "write month, quarter, year or whole months such as P2M"},
	"report.complaints":     {SeverityError, "报告 {1} 含投诉统计，而投诉统计按月填报", "the report {1} holds complaint statistics, which are made for each month", "写 every: month", "write every: month"},
	"report.repeat":         {SeverityError, "再次投诉的时间“{1}”不是 1 到 {2} 天", "the time {1} within which a complaint comes again is not 1 to {2} days", "写成 P90D 这样的天数", "write days such as P90D"},
	"report.repeat_idle":    {SeverityError, "报告 {1} 没有投诉统计，用不到 repeat", "the report {1} holds no complaint statistics and has no use for repeat", "删掉 repeat，或在 content 里写 complaints", "remove repeat, or name complaints in content"},
	"report.content":        {SeverityError, "报告里没有“{1}”这一项", "{1} is nothing a report can hold", "可用或相近的：{2}", "available or nearest: {2}"},
	"review.between":        {SeverityError, "这里不能写“{1}”", "{1} has no meaning here", "可用：{2}", "available: {2}"},
	"review.procedure":      {SeverityError, "没有名为 {1} 的流程", "there is no procedure {1}", "可用或相近的：{2}", "available or nearest: {2}"},
	"review.no_procedure":   {SeverityWarning, "这一步没有写由哪个流程办理，签署不会进行", "the step names no procedure, so nobody is asked to sign", "写 procedure: 流程", "write procedure: and the procedure that carries the signatures"},
	"review.no_grade":       {SeverityError, "流程 {1} 只能办理 do: approve 并写明 grade 的一步", "the procedure {1} carries a step with do: approve and a grade only", "写 grade: 等级", "write grade: and the grade that is signed for"},
	"review.cannot_carry":   {SeverityError, "流程 {1} 不能办理签署：须写 about: customer，且发起表的必填项只能是 wanted、before、score、grounds、plan 中的文字项", "the procedure {1} cannot carry signatures: it must be about: customer, and its start form may compel the texts wanted, before, score, grounds and plan only", "改流程或发起表", "change the procedure or its start form"},
	"review.lowest":         {SeverityError, "{1} 是最低一级，签署之前没有更低的等级可评", "{1} is the lowest grade, so there is none to keep until it is signed", "删掉 between，或换一个等级", "remove between, or name another grade"},
	"review.signs_twice":    {SeverityError, "已有一个须签署的等级，一部制度只能有一个", "there is a grade that is signed for already; a rulebook has one at most", "只留一步", "keep one of the steps"},
}
