package rule

import "maps"

// findings words every problem of the catalogue by its code.
var findings = merged(fileFindings, yamlFindings, clauseFindings, valueFindings, bandFindings, measureFindings, derivedFindings, gradeFindings, conductFindings, reviewFindings, schemeFindings, regulationFindings, proseFindings, principleFindings, procedureFindings, formFindings, flowFindings, dutyFindings, ownershipFindings)

func merged(parts ...map[string]finding) map[string]finding {
	all := map[string]finding{}
	for _, p := range parts {
		maps.Copy(all, p)
	}
	return all
}

var fileFindings = map[string]finding{
	"book.unreadable":        {SeverityError, "制度文件读不出来，无法编译", "the rulebook's files cannot be read, so it cannot be compiled", "先改正读取时报告的错误", "correct the errors reported when the files were read"},
	"file.missing":           {SeverityError, "缺少文件 {1}", "the file {1} is missing", "新建 {1}", "create {1}"},
	"file.missing_clauses":   {SeverityWarning, "缺少条款文件 {1}，读者看不到制度原文", "the clause file {1} is missing, so a reader sees no text", "新建 {1}，每条一个标题：## 1.1 标题 | Title", "create {1} with one heading for each clause: ## 1.1 标题 | Title"},
	"file.missing_cases":     {SeverityWarning, "缺少样例文件 {1}，制度未经检验", "the file of worked examples {1} is missing, so nothing is tested", "新建 {1}，为每个档位和边界写一个样例", "create {1} with a case for every band and boundary"},
	"file.unknown":           {SeverityWarning, "文件 {1} 不属于制度", "the file {1} is not part of a rulebook", "制度只由 rulebook.yaml、clauses.md、cases.yaml 组成", "a rulebook consists of rulebook.yaml, clauses.md and cases.yaml"},
	"file.too_large":         {SeverityError, "文件有 {1} kB，超过上限 {2} kB", "the file has {1} kB; at most {2} kB are allowed", "把制度拆成几部", "split the regulation into several rulebooks"},
	"file.not_utf8":          {SeverityError, "文件不是 UTF-8 编码", "the file is not encoded in UTF-8", "用编辑器另存为 UTF-8", "save the file as UTF-8"},
	"file.control_character": {SeverityError, "文件里有不可见的控制字符", "the file contains a control character", "删除该字符", "remove the character"},
	"file.too_many_lines":    {SeverityError, "文件超过 {1} 行", "the file has more than {1} lines", "把制度拆成几部", "split the regulation into several rulebooks"},
	"file.line_too_long":     {SeverityError, "这一行超过 {1} kB", "this line is longer than {1} kB", "把内容分成多行", "break the line"},
}

var yamlFindings = map[string]finding{
	"yaml.unreadable":        {SeverityError, "文件不是有效的 YAML", "the file is not valid YAML", "检查缩进、冒号和引号", "check indentation, colons and quotes"},
	"yaml.syntax":            {SeverityError, "YAML 从“{1}”处起读不懂", "the YAML cannot be read from “{1}” on", "检查这一行和上一行的缩进、冒号、引号和括号；花括号里的条件含有 [ ] 或逗号时，整个条件要加单引号", "check indentation, colons, quotes and brackets of this line and the one above; inside { } a condition with [ ] or a comma needs single quotes around it"},
	"yaml.empty":             {SeverityError, "文件是空的", "the file is empty", "写入内容", "write the content"},
	"yaml.documents":         {SeverityError, "一个文件里有几份文档（---）", "the file holds several documents (---)", "每个文件只写一份", "write one document for each file"},
	"yaml.too_deep":          {SeverityError, "嵌套超过 {1} 层", "the nesting is deeper than {1} levels", "减少缩进或括号", "use fewer levels"},
	"yaml.alias":             {SeverityError, "制度里不使用 YAML 的锚点和引用（& * <<）", "anchors, aliases and merges (& * <<) are not used in a rulebook", "把内容直接写出来；重复的值写成 settings", "write the content out; put repeated values into settings"},
	"yaml.not_used_here":     {SeverityError, "“{1}”这种写法不能用在制度里", "“{1}” is not a form a rulebook uses", "写成普通的键、列表或文字", "write plain keys, lists or text"},
	"yaml.duplicate_key":     {SeverityError, "键 {1} 写了两次", "the key {1} occurs twice", "删掉一个，或改名", "remove or rename one of them"},
	"yaml.too_many":          {SeverityError, "{1} 超过 {2} 项", "{1} has more than {2} entries", "删减，或拆成几部制度", "use fewer, or split the regulation into several rulebooks"},
	"yaml.want_list":         {SeverityError, "{1} 应是一个列表", "{1} must be a list", "每项以“- ”开头，或写成 [a, b]", "begin each item with “- ” or write [a, b]"},
	"yaml.want_keys":         {SeverityError, "{1} 应由“键: 值”组成", "{1} must consist of “key: value” lines", "写成 键: 值", "write key: value"},
	"yaml.want_value":        {SeverityError, "{1} 没有值", "{1} has no value", "写上值，或删掉这个键", "write a value or remove the key"},
	"yaml.want_scalar":       {SeverityError, "{1} 只能是一个值，不能是列表或嵌套", "{1} must be a single value, not a list or keys", "写成一个值", "write one value"},
	"yaml.unknown_key":       {SeverityError, "{2} 里没有 {1} 这个键", "{1} is not a key of {2}", "可用的键：{3}", "available keys: {3}"},
	"yaml.unknown_key_guess": {SeverityError, "{2} 里没有 {1} 这个键", "{1} is not a key of {2}", "是不是 {3}？", "did you mean {3}?"},
	"yaml.missing_key":       {SeverityError, "{2} 缺少 {1}", "{2} lacks {1}", "补上 {1}", "add {1}"},
}

var clauseFindings = map[string]finding{
	"clause.stray_text":       {SeverityWarning, "这段文字不属于任何条款：{1}", "this text belongs to no clause: {1}", "放到条款标题之下", "put it below a clause heading"},
	"clause.heading":          {SeverityError, "条款标题读不懂：{1}", "the clause heading cannot be read: {1}", "写成 ## 1.1 中文标题 | English title", "write ## 1.1 中文标题 | English title"},
	"clause.heading_language": {SeverityWarning, "第 {1} 条的标题只有一种语言", "the heading of clause {1} is in one language only", "写成 中文标题 | English title", "write 中文标题 | English title"},
	"clause.duplicate":        {SeverityError, "条款编号 {1} 出现两次", "the clause number {1} occurs twice", "改掉其中一个编号", "change one of the numbers"},
	"clause.mark":             {SeverityError, "条款说明行读不懂：{1}", "the line of marks cannot be read: {1}", "写成 <!-- kind: rule; source: [S003-D01-C06]; by: [change_log] -->，source 和 by 可以不写", "write <!-- kind: rule; source: [S003-D01-C06]; by: [change_log] -->; source and by may be left out"},
	"clause.kind":             {SeverityError, "没有“{1}”这种条款", "{1} is not a kind of clause", "可用：{2}", "available: {2}"},
	"clause.source":           {SeverityError, "“{1}”不是目录编号", "{1} is not an id of the catalogue", "写成 S003-D01-C06", "write S003-D01-C06"},
	"clause.text_missing":     {SeverityWarning, "第 {1} 条缺少中文或英文内容", "clause {1} lacks its Chinese or its English text", "中文写成段落，英文每行以 > 开头", "write the Chinese as paragraphs and begin each English line with >"},
	"clause.unknown":          {SeverityError, "{1} 引用的第 {2} 条不存在", "{1} cites clause {2}, which does not exist", "改成存在的编号，或在 clauses.md 里加上这一条", "cite a clause that exists or add it to clauses.md"},
	"clause.unimplemented":    {SeverityWarning, "没有任何规则落实第 {1} 条“{2}”", "nothing implements clause {1} “{3}”", "在 rulebook.yaml 里用 clause: \"{1}\" 落实它；只是建议的话标为 kind: advice", "cite it with clause: \"{1}\" in rulebook.yaml, or mark it kind: advice"},
	"date.impossible":         {SeverityError, "日期 {1} 不存在，该月最后一天是 {2} 日", "the date {1} does not exist; the last day of that month is {2}", "改成存在的日期", "write a date that exists"},
	"date.wrong":              {SeverityError, "“{1}”不是存在的日期", "{1} is not a date that exists", "写成 YYYY-MM-DD 的存在日期", "write a date that exists as YYYY-MM-DD"},
}

var valueFindings = map[string]finding{
	"setting.unknown":    {SeverityError, "没有名为 {1} 的设置", "there is no setting named {1}", "可用的设置：{2}", "available settings: {2}"},
	"setting.undeclared": {SeverityError, "{{1}} 引用了没有声明的设置", "{{1}} refers to a setting that is not declared", "在 settings 里声明它；相近的：{2}", "declare it under settings; nearest: {2}"},
	"setting.type":       {SeverityError, "设置 {1} 的值“{2}”不合要求：应为{3} {5}", "the value {2} of the setting {1} does not fit: it must be {4} {5}", "改成合要求的值", "write a value that fits"},
	"setting.unused":     {SeverityWarning, "设置 {1} 没有被用到", "the setting {1} is never used", "在规则里写 {{1}}，或删掉它", "write {{1}} in a rule or remove the setting"},
	"value.yes_no":       {SeverityError, "“{1}”应为 true 或 false", "{1} must be true or false", "写 true 或 false", "write true or false"},
	"value.one_of":       {SeverityError, "“{1}”不是允许的值", "{1} is not an allowed value", "可用：{2}", "available: {2}"},
	"points.not_number":  {SeverityError, "分数“{1}”不是数字", "the points {1} are not a number", "写成数字，最多六位小数", "write a number with at most six decimal places"},
	"points.missing":     {SeverityError, "{1} 的这一档没有分数", "this band of {1} has no points", "加上 points", "add points"},
	"period.wrong":       {SeverityError, "“{1}”不是期间", "{1} is not a period", "写成 P1M（一个月）、P90D、P1Y", "write P1M (one month), P90D or P1Y"},
	"assumed.missing":    {SeverityWarning, "{1} 的数值 {2} 在第 {3} 条里找不到，却没有标明是假定", "the figure {2} of {1} is not in clause {3} and is not marked as assumed", "加上 assumed: true，或把数值写进条款", "add assumed: true or put the figure into the clause"},
	"name.shape":         {SeverityError, "名称“{1}”不合规则", "the name {1} is not well formed", "只用小写字母、数字和下划线，以字母开头", "use lower-case letters, digits and underscores, beginning with a letter"},
	"book.id":            {SeverityError, "制度编号“{1}”不合规则", "the rulebook id {1} is not well formed", "只用小写字母、数字和连字符", "use lower-case letters, digits and hyphens"},
	"book.version":       {SeverityError, "版本“{1}”不合规则", "the version {1} is not well formed", "写成 1.0.0", "write 1.0.0"},
}

var bandFindings = map[string]finding{
	"band.pair":           {SeverityError, "档位应写成 [下限, 分数]", "a band is written [lower bound, points]", "写成 [1000, 20] 或 {at_least: 1000, points: 20}", "write [1000, 20] or {at_least: 1000, points: 20}"},
	"band.two_bounds":     {SeverityError, "同一侧写了两个界限（{1}）", "two bounds are written for the same side ({1})", "下限只写 at_least 或 above，上限只写 at_most 或 below", "write at_least or above, and at_most or below"},
	"band.not_number":     {SeverityError, "界限“{1}”不是数字", "the bound {1} is not a number", "写成 1_000_000、0.5 或 5%", "write 1_000_000, 0.5 or 5%"},
	"band.empty":          {SeverityError, "没有数值同时满足下限 {1} 和上限 {2}", "no value lies between the lower bound {1} and the upper bound {2}", "下限要小于上限", "the lower bound must be below the upper bound"},
	"band.no_bound":       {SeverityError, "{1} 的这一档没有界限", "this band of {1} has no bound", "写 at_least 等界限，或 otherwise: true", "write a bound such as at_least, or otherwise: true"},
	"band.otherwise_last": {SeverityError, "{1} 里 otherwise 只能放在最后", "in {1} otherwise must come last", "移到最后", "move it to the end"},
	"band.order":          {SeverityError, "{1} 的档位顺序不对：{2} 写在 {3} 之后", "the bands of {1} are out of order: {2} comes after {3}", "从高到低写下限，或从低到高写上限", "write lower bounds from high to low, or upper bounds from low to high"},
	"band.overlap_same":   {SeverityError, "{1} 的两档都从 {2} 开始", "two bands of {1} both begin at {2}", "删掉一档，或改界限", "remove one or change its bound"},
	"band.overlap_point":  {SeverityError, "{1} 的两档（{3}；{4}）都包含恰好 {2}", "two bands of {1} ({5}; {6}) both claim exactly {2}", "一档写 at_least，另一档写 below，让边界值只属于一档", "write at_least in one and below in the other, so that the boundary belongs to one"},
	"band.overlap":        {SeverityError, "{1} 的两档（{3}；{4}）重叠：{2}", "two bands of {1} ({5}; {6}) overlap: {7}", "改界限，使每个数值只属于一档", "change the bounds so that every value belongs to one band"},
	"band.gap":            {SeverityError, "{1} 没有任何档位包含 {2}", "no band of {1} takes {3}", "补一档，或在最后写 otherwise: true", "add a band, or otherwise: true at the end"},
	"table.gap":           {SeverityError, "判定表没有包含这种情况：{1}", "the table does not take this situation: {2}", "补一行，或在最后写 otherwise: true", "add a row, or otherwise: true at the end"},
	"table.overlap":       {SeverityError, "判定表第 {3} 行和第 {4} 行都包含这种情况：{1}", "rows {3} and {4} of the table both take this situation: {2}", "改条件，或写 hit: first 表示先到先得", "change the conditions, or write hit: first to let the first row decide"},
	"table.row_never":     {SeverityWarning, "判定表第 {1} 行永远不会被用到", "row {1} of the table is never taken", "删掉它，或移到前面", "remove it or move it up"},
	"table.too_big":       {SeverityInfo, "判定表的情况太多，没有逐一检查", "the table has too many situations to check them all", "减少条件", "use fewer conditions"},
	"table.no_condition":  {SeverityError, "判定表的这一行没有条件", "this row of the table has no condition", "写 when，或 otherwise: true", "write when, or otherwise: true"},
	"cond.not_number":     {SeverityError, "{1} 不是数值，不能写界限", "{1} is not a number, so it has no bounds", "写成取值或取值列表", "write a value or a list of values"},
}

var measureFindings = map[string]finding{
	"measure.too_many":      {SeverityError, "指标超过 {1} 个", "there are more than {1} measures", "删减指标", "use fewer measures"},
	"measure.no_function":   {SeverityError, "指标 {1} 没有写怎么算", "the measure {1} does not say how it is worked out", "写 sum、count、average、min、max、last、distinct、days_since、streak、balance_average、sum_of、difference、ratio、growth、share、total、percentile 或 quintile", "write sum, count, average, min, max, last, distinct, days_since, streak, balance_average, sum_of, difference, ratio, growth, share, total, percentile or quintile"},
	"measure.two_functions": {SeverityError, "指标 {1} 同时写了 {2} 和 {3}", "the measure {1} has both {2} and {3}", "只保留一个", "keep one"},
	"measure.missing":       {SeverityError, "missing 的值“{1}”读不懂", "the value {1} of missing cannot be read", "写 refuse 或一个数字", "write refuse or a number"},
	"measure.of":            {SeverityError, "指标 {1} 没有写读哪种业务事实", "the measure {1} does not say which facts it reads", "写 of: order", "write of: order"},
	"measure.distinct":      {SeverityError, "不能按“{1}”计不同的个数", "distinct cannot count {1}", "可用：{2}", "available: {2}"},
	"measure.days_since":    {SeverityError, "days_since 不能写“{1}”", "days_since cannot be {1}", "可用：{2}", "available: {2}"},
	"measure.unknown_field": {SeverityError, "业务事实没有数值字段 {1}", "the facts have no numeric field {1}", "可用或相近的：{2}；其他字段先在 facts 里声明", "available or nearest: {2}; declare other fields under facts"},
	"measure.currency":      {SeverityError, "“{1}”不是币种代码", "{1} is not a currency code", "写成 CNY、USD 这样的三个大写字母", "write three capital letters such as CNY or USD"},
	"measure.no_currency":   {SeverityError, "金额指标 {1} 要与数字比较，却没有写币种", "amounts of {1} are compared with figures, but no currency is given", "在指标上写 unit: CNY，或在开头写 currency: CNY", "write unit: CNY on the measure or currency: CNY at the top"},
	"measure.unknown":       {SeverityError, "没有名为 {1} 的指标", "there is no measure named {1}", "可用或相近的：{2}", "available or nearest: {2}"},
	"measure.ratio_pair":    {SeverityError, "{1} 的 ratio 要写两个指标", "the ratio of {1} needs two measures", "写成 ratio: [cost, sales]", "write ratio: [cost, sales]"},
	"measure.growth_window": {SeverityError, "{1} 的增长没有上一期可比：{2} 的窗口是全部历史或固定日期", "{1} has no earlier window to grow from: {2} covers the whole history or fixed dates", "给 {2} 写 window: P12M", "give {2} a window such as P12M"},
	"measure.unused":        {SeverityInfo, "指标 {1} 没有参与评定", "the measure {1} takes no part in the grade", "用它打分，或删掉它", "use it or remove it"},
	"fact.unknown_kind":     {SeverityError, "没有名为 {1} 的业务事实", "there are no facts of the kind {1}", "可用或相近的：{2}；新的种类先在 facts 里声明", "available or nearest: {2}; declare new kinds under facts"},
	"field.unknown":         {SeverityError, "客户没有字段 {1}", "customers have no field {1}", "可用或相近的：{2}", "available or nearest: {2}"},
	"window.period":         {SeverityError, "窗口“{1}”读不懂", "the window {1} cannot be read", "写 P12M、all、year、last_year 或 {length: P12M, from: month_start}", "write P12M, all, year, last_year or {length: P12M, from: month_start}"},
	"window.from":           {SeverityError, "窗口的 from 不能是“{1}”", "the window's from cannot be {1}", "写 month_start（整月）或 day；固定日期要同时写 to", "write month_start (whole months) or day; a fixed date needs to as well"},
	"window.order":          {SeverityError, "窗口的终点 {2} 早于起点 {1}", "the window ends on {2}, before it begins on {1}", "把起点和终点对调或改正", "swap or correct the two dates"},
}

var gradeFindings = map[string]finding{
	"judgement.range_order": {SeverityError, "判定项 {1} 的上限低于下限", "the range of {1} ends below its beginning", "写成 [低, 高]", "write [low, high]"},
	"judgement.range":       {SeverityError, "判定项 {1} 的范围要写两个数", "the range of {1} needs two numbers", "写成 range: [0, 30]", "write range: [0, 30]"},
	"judgement.nothing":     {SeverityError, "判定项 {1} 既没有取值也没有范围", "{1} has neither values nor a range", "写 values 或 range", "write values or range"},
	"judgement.unknown":     {SeverityError, "没有名为 {1} 的判定项", "there is no judgement named {1}", "写 range 直接声明，或用：{2}", "declare it with range, or use: {2}"},
	"score.too_many":        {SeverityError, "评分表超过 {1} 行", "the scorecard has more than {1} lines", "减少行数", "use fewer lines"},
	"score.duplicate":       {SeverityError, "评分表里有两行都叫 {1}", "two lines of the scorecard are named {1}", "给其中一行写 name", "give one of them a name"},
	"score.max":             {SeverityError, "评分表 {1} 写明满分 {2}，各行合计却是 {3}", "the scorecard {1} states a maximum of {2}, but its lines add up to {3}", "改满分或各行分数", "change the maximum or the points"},
	"score.no_source":       {SeverityError, "评分表的这一行没有写读什么", "this line of the scorecard does not say what it reads", "写 measure、judged 或 field", "write measure, judged or field"},
	"score.no_points":       {SeverityError, "{1} 没有分数", "{1} has no points", "写 points: {bands: [...]} 或 points: {values: {...}}", "write points: {bands: [...]} or points: {values: {...}}"},
	"score.missing":         {SeverityError, "missing 的值“{1}”读不懂", "the value {1} of missing cannot be read", "写 refuse、neutral、worst 或分数", "write refuse, neutral, worst or a number of points"},
	"require.population":    {SeverityError, "requires 不能用要与全体客户比较的指标 {1}", "requires cannot use {1}, which needs all customers", "改用直接来自业务事实的指标", "use a measure on facts"},
	"grade.two_ways":        {SeverityError, "同时写了 bands 和 table", "both bands and table are written", "只保留一种", "keep one"},
	"grade.no_way":          {SeverityError, "没有写等级怎么得出", "nothing says how the grade follows", "写 from 和 bands，或写 table", "write from and bands, or a table"},
	"grade.from":            {SeverityError, "bands 没有写针对哪个评分表或指标", "the bands do not say which scorecard or measure they are on", "写 from: 评分表或指标的名称", "write from: with the name of a scorecard or a measure"},
	"grade.no_code":         {SeverityError, "这一档没有等级", "this band has no grade", "写 code", "write code"},
	"grade.duplicate":       {SeverityError, "等级 {1} 出现两次", "the grade {1} occurs twice", "改掉一个", "change one of them"},
	"grade.unknown":         {SeverityError, "没有等级 {1}", "there is no grade {1}", "可用或相近的：{2}", "available or nearest: {2}"},
	"grade.never":           {SeverityWarning, "没有任何档位或行给出等级 {1}", "no band or row gives the grade {1}", "补一档，或删掉这个等级", "add a band or remove the grade"},
	"grade.order":           {SeverityError, "等级 {1} 排在 {2} 之前，档位却更低", "the grade {1} ranks above {2} but its band is lower", "让档位顺序与等级顺序一致", "put the bands into the order of the grades"},
	"grade.nobody":          {SeverityError, "条件“{1}”对任何等级都不成立", "the condition {1} holds for no grade", "改成存在的等级", "use a grade that exists"},
	"veto.effect":           {SeverityError, "否决要写 grade、points 或 at_most 中的一个", "a veto needs one of grade, points and at_most", "只写一个", "write one of them"},
	"source.unknown":        {SeverityError, "没有名为 {1} 的评分表、指标或判定项", "there is no scorecard, measure or judgement named {1}", "可用或相近的：{2}", "available or nearest: {2}"},
}

var conductFindings = map[string]finding{
	"duty.no_interval":   {SeverityError, "义务 {1} 没有写多久一次", "the duty {1} has no interval", "写 every: P1M，或 of 和 within，或 on；条款没有数字时用设置并标 assumed: true", "write every: P1M, or of with within, or on; where the text gives none, use a setting marked assumed: true"},
	"duty.duplicate":     {SeverityError, "义务编号 {1} 出现两次", "the duty key {1} occurs twice", "给其中一个写不同的 key", "give one of them another key"},
	"role.undeclared":    {SeverityError, "没有声明岗位 {1}", "the role {1} is not declared", "在 roles 里声明；可用或相近的：{2}", "declare it under roles; available or nearest: {2}"},
	"role.unheld":        {SeverityWarning, "岗位 {1}（{2}）在组织里没有人担任", "nobody in the organisation holds the role {1} ({3})", "指派一个人担任，或在 aliases 里写本单位的名称", "assign somebody, or add your own name of the post to aliases"},
	"deadline.too_short": {SeverityError, "期限只有 {1} 天，各步骤和签字至少需要 {2} 天", "the deadline leaves {1} days, but the steps and signatures may take {2}", "延长期限，或缩短各步骤的时间", "extend the deadline or shorten the steps"},
}

var reviewFindings = map[string]finding{
	"case.fact_shape":   {SeverityError, "业务事实应写成 {种类: {字段}}", "a fact is written {kind: {fields}}", "写成 {order: {date: 2025-03-01, amount: 100}}", "write {order: {date: 2025-03-01, amount: 100}}"},
	"case.failed":       {SeverityError, "样例不符：{1} 应为 {2}，得到 {3}", "the case fails: {1} should be {2} but is {3}", "改规则，或改样例的期望", "correct the rule or the expectation"},
	"case.duplicate":    {SeverityWarning, "有两个样例同名：{1}", "two cases have the same name: {1}", "改掉一个名称", "rename one of them"},
	"untested.band":     {SeverityWarning, "{1}", "{2}", "在 cases.yaml 里补一个样例", "add a case to cases.yaml"},
	"untested.boundary": {SeverityWarning, "{1}", "{2}", "在 cases.yaml 里为边界值和它旁边的值各补一个样例", "add cases for the boundary and the value beside it"},
	"untested.branch":   {SeverityWarning, "{1}", "{2}", "在 cases.yaml 里补一个样例", "add a case to cases.yaml"},
	"untested.clause":   {SeverityWarning, "{1}", "{2}", "在 cases.yaml 里补一个用到它的样例", "add a case that uses it"},
}
