package rule

// ownershipFindings words what can be wrong with the rules on who looks after whom.
var ownershipFindings = map[string]finding{
	"owner.ways":        {SeverityError, "归属规则 {1} 没有写清由谁维护", "the owner rule {1} does not say who looks after the customer", "写 role、field、area、present 中的一种", "write one of role, field, area and present"},
	"owner.duplicate":   {SeverityError, "归属规则 {1} 出现两次", "the owner rule {1} occurs twice", "换一个 key", "use another key"},
	"owner.unreachable": {SeverityWarning, "归属规则 {1} 永远用不到：前面的 {2} 已包括所有客户", "the owner rule {1} never decides: {2} before it takes everybody", "把 {2} 移到最后，或给它写上条件", "move {2} to the end or give it a condition"},
	"owner.not_total":   {SeverityError, "最后一条归属规则 {1} 没有兜底，有的客户会无人维护", "the last owner rule {1} does not catch everybody, so some customers would have no owner", "最后写一条没有条件、指定岗位的规则", "end with a rule without a condition that names a role"},
	"owner.field":       {SeverityWarning, "客户还没有字段 {1}，这条归属规则暂时不会决定任何客户", "customers have no field {1} yet, so this owner rule decides nobody for now", "在“设置 → 客户字段”里添加字段 {1}，填写人员的登录名或姓名", "add the field {1} under Settings → Customer fields; it names a person by login or name"},
	"owner.count":       {SeverityError, "客户数“{1}”应是 1 到 {2} 的整数", "the number of customers {1} must be a whole number from 1 to {2}", "写成 200 这样的整数", "write a whole number such as 200"},
}
