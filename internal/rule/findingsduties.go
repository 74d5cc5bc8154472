package rule

// dutyFindings words what can be wrong with how a duty comes up and what follows when it is missed.
var dutyFindings = map[string]finding{
	"duty.two_times":       {SeverityError, "义务 {1} 的时间写了几种（every、of、on）", "the duty {1} says in several ways when it comes up (every, of, on)", "只写一种；确有几种就写成几项义务", "keep one of them, or write several duties"},
	"duty.within_no_fact":  {SeverityError, "义务 {1} 写了 within，却没有用 of 写明从哪一种业务事实起算", "the duty {1} says within, but not of which fact it counts from", "加上 of: delivery 这样的业务事实种类", "add a kind of fact, such as of: delivery"},
	"duty.fact_no_time":    {SeverityError, "义务 {1} 由 {2} 引起，却没有写多久之内", "the duty {1} follows from {2}, but not within which time", "写 within: P7D，或 within: 5 working days", "write within: P7D, or within: 5 working days"},
	"duty.where_no_fact":   {SeverityError, "义务 {1} 写了 where，却没有用 of 写明业务事实", "the duty {1} says where, but names no fact with of", "加上 of，或删掉 where", "add of, or remove where"},
	"duty.before_no_day":   {SeverityError, "义务 {1} 写了 before，却没有写在哪一天之前", "the duty {1} says before, but before no day", "写 on: birthday，或 of: contract.until 这样的日期", "write on: birthday, or a date such as of: contract.until"},
	"duty.of_shape":        {SeverityError, "义务 {1} 的 of“{2}”读不懂", "the of {2} of the duty {1} cannot be read", "写成业务事实种类，如 delivery，或其中的日期，如 contract.until", "write a kind of fact such as delivery, or a date of it such as contract.until"},
	"duty.within":          {SeverityError, "义务 {1} 的期限“{2}”读不懂", "the time {2} of the duty {1} cannot be read", "写成 P7D、P1M 或 5 working days；工作日不能按月计", "write P7D, P1M or 5 working days; working days are not counted in months"},
	"duty.occasion":        {SeverityError, "义务 {1} 的日子“{2}”读不懂", "the day {2} of the duty {1} cannot be read", "写成 birthday、special（特殊日子）、anniversary(since)、date(字段) 或 festival(spring_festival)", "write birthday, special (every special day of the customer), anniversary(since), date(FIELD) or festival(spring_festival)"},
	"duty.occasion_twice":  {SeverityError, "义务 {1} 把 {2} 写了两次", "the duty {1} names {2} twice", "删掉一个", "remove one of them"},
	"duty.festival":        {SeverityError, "没有名为 {1} 的节日", "there is no festival named {1}", "可用或相近的：{2}", "available or nearest: {2}"},
	"duty.festival_before": {SeverityWarning, "义务 {1} 在节日 {2} 当天，而节日放假；没有写提前多久，按提前 P7D 处理", "the duty {1} is on the festival {2}, a day off; it does not say how long before, so P7D counts", "写 before: P7D 这样的提前时间", "say how long before, such as before: P7D"},
	"duty.each_by_owner":   {SeverityError, "义务 {1} 面向整个等级，不能由各客户的负责人承担", "the duty {1} is for a whole grade, so the owner of a customer cannot owe it", "在 by 里写一个岗位", "name a role in by"},
	"duty.appointment":     {SeverityError, "义务 {1} 要求先预约，而“{2}”不是上门拜访或会晤一位客户", "the duty {1} asks for an appointment, but {2} is no visit to or meeting with one customer", "do 写 visit 或 meeting，且不写 each；或删掉 appointment", "write do: visit or do: meeting without each, or remove appointment"},
	"duty.each_time":       {SeverityError, "义务 {1} 面向整个等级，时间只能是 every 或节日", "the duty {1} is for a whole grade, so it comes up by every or on festivals", "改用 every 或 festival(…)，或删掉 each", "use every or festival(…), or remove each"},
}
