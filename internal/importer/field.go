package importer

import (
	"slices"
	"strings"

	"kezhi/internal/fact"
)

// field is something a column can mean.
type field struct {
	name     string
	zh, en   string
	required bool
	example  string
	aliases  []string // headers people write, in both languages
}

func (f field) label(lang string) string {
	if strings.HasPrefix(lang, "en") {
		return f.en
	}
	return f.zh
}

// The fields of a fact.
const (
	fCustomer     = "customer"
	fCustomerName = "customer_name"
	fDocument     = "document"
	fDate         = "date"
	fAmount       = "amount"
	fQuantity     = "quantity"
	fPrice        = "price"
	fCurrency     = "currency"
	fProduct      = "product"
	fStatus       = "status"
	attrPrefix    = "attr."
	customPrefix  = "custom."
)

var factFields = []field{
	{fCustomer, "客户编号", "Customer code", true, "K0001", []string{
		"客户代码", "客户编码", "客户号", "客户id", "经销商编号", "经销商代码", "加盟商编号", "会员号", "customer id", "customer no", "customer number", "customer", "client id",
		"client code", "account", "account code", "account no", "dealer code", "dealer id", "cust code", "cust id",
	}},
	{fCustomerName, "客户名称", "Customer name", false, "江州禾田商贸有限公司", []string{
		"客户", "客户名", "客户全称", "单位名称", "公司名称", "经销商名称", "购方名称", "client name", "account name", "company", "company name", "dealer name",
	}},
	{fDocument, "单据号", "Document number", false, "SO-20260105-01", []string{
		"发票号", "发票号码", "发票编号", "订单号", "订单编号", "订单号码", "单据编号", "单号", "合同号", "合同编号", "流水号", "invoice no", "invoice", "invoice number", "invoice id",
		"order no", "order number", "order id", "order", "document", "document no", "doc no", "po number", "receipt no", "transaction id", "reference",
	}},
	{fDate, "日期", "Date", true, "2026-01-05", []string{
		"安装日期", "装机日期", "installed on", "installation date", "下单日期", "下单时间", "订单日期", "订单时间", "发票日期", "开票日期", "付款日期", "回款日期", "收款日期", "到账日期", "发货日期", "交货日期", "发生日期", "业务日期", "记账日期", "时间",
		"invoice date", "order date", "payment date", "delivery date", "ship date", "posting date", "transaction date", "date", "day", "datetime", "timestamp", "balance date",
	}},
	{fAmount, "金额", "Amount", false, "1280.50", []string{
		"总金额", "合计", "合计金额", "订单金额", "发票金额", "含税金额", "价税合计", "付款金额", "回款金额", "收款金额", "发货金额", "销售额", "余额", "期末余额", "应收余额",
		"total", "total amount", "line total", "order amount", "payment amount", "sales", "sales amount", "revenue", "balance", "value", "sum",
	}},
	{fQuantity, "数量", "Quantity", false, "10", []string{"件数", "订购数量", "销售数量", "发货数量", "qty", "units", "count", "pieces"}},
	{fPrice, "单价", "Unit price", false, "128.05", []string{"价格", "含税单价", "销售单价", "price", "unit cost", "rate"}},
	{fCurrency, "币种", "Currency", false, "CNY", []string{"货币", "币别", "结算币种", "currency code", "ccy", "cur"}},
	{fProduct, "产品", "Product", false, "P-100", []string{
		"产品编号", "产品编码", "产品代码", "商品", "商品编号", "商品编码", "物料", "物料编码", "物料号", "货号", "品号", "sku", "stock code", "product code", "product id", "item", "item code", "item no",
		"material", "part number", "product name", "产品名称", "商品名称",
	}},
	{fStatus, "状态", "Status", false, "已发货", []string{"订单状态", "发货状态", "单据状态", "order status", "state"}},
}

var customerFields = []field{
	{"code", "客户编号", "Customer code", false, "K0001", []string{
		"编号", "客户代码", "客户编码", "客户号", "经销商编号", "加盟商编号", "customer id", "customer no", "customer number", "code", "account code", "account no", "dealer code",
	}},
	{"name", "客户名称", "Customer name", true, "江州禾田商贸有限公司", []string{
		"名称", "客户名", "客户全称", "客户", "单位名称", "企业名称", "公司名称", "经销商名称", "姓名", "name", "customer", "company", "company name", "account", "account name", "client name",
	}},
	{"name_en", "英文名称", "English name", false, "Jiangzhou Hetian Trading", []string{"英文名", "外文名称", "name in english", "name en"}},
	{"former_names", "曾用名", "Former names", false, "", []string{"原名称", "former name", "previous name"}},
	{"party", "主体类型", "Party", false, "企业", []string{"主体", "客户性质", "企业或个人", "客户类别", "party type", "entity type"}},
	{"kind", "客户类型", "Kind", false, "经销商", []string{"类型", "渠道类型", "客户分类", "type", "customer type", "category", "segment", "channel"}},
	{"status", "客户状态", "Status", false, "合作中", []string{"状态", "合作状态", "customer status", "state"}},
	{"uscc", "统一社会信用代码", "Unified social credit code", false, "", []string{"社会信用代码", "信用代码", "营业执照号", "uscc", "credit code", "registration number"}},
	{"id_card", "身份证号", "Identity card", false, "", []string{"身份证", "身份证号码", "证件号码", "id card", "id number"}},
	{"phone", "电话", "Phone", false, "010-62351234", []string{"电话号码", "联系电话", "手机", "手机号", "手机号码", "座机", "phone number", "telephone", "tel", "mobile"}},
	{"email", "邮箱", "E-mail", false, "", []string{"电子邮箱", "电子邮件", "邮件", "email address", "mail"}},
	{"tax", "税号", "Tax number", false, "", []string{"纳税人识别号", "纳税识别号", "tax id", "vat number", "tax no"}},
	{"region", "地区", "Region", false, "浙江省杭州市", []string{"省市", "省份", "城市", "区域", "所在地", "所在地区", "行政区划", "地区代码", "行政区划代码", "region code", "province", "city", "area"}},
	{"industry", "行业", "Industry", false, "", []string{"所属行业", "行业代码", "行业分类", "industry code", "sector"}},
	{"address", "地址", "Address", false, "", []string{"详细地址", "联系地址", "通讯地址", "注册地址", "office location", "street"}},
	{"owner", "客户经理", "Owner", false, "", []string{"负责人", "业务员", "销售员", "归属人", "专属经理", "account manager", "sales rep", "sales agent", "salesperson", "manager"}},
	{"tags", "标签", "Tags", false, "重点,华东", []string{"标记", "tag", "labels"}},
	{"since", "合作日期", "Customer since", false, "2020-03-01", []string{"建档日期", "开户日期", "合作开始日期", "成为客户日期", "合作起始日", "since", "start date", "customer from"}},
	{"note", "备注", "Note", false, "", []string{"说明", "备注说明", "remark", "remarks", "comment", "comments", "notes", "description"}},
	{"contact_name", "联系人", "Contact", false, "", []string{"联系人姓名", "主要联系人", "contact name", "contact person"}},
	{"contact_title", "联系人职务", "Contact's title", false, "", []string{"职务", "职位", "contact title", "job title", "position"}},
	{"contact_phone", "联系人电话", "Contact's phone", false, "", []string{"联系人手机", "联系人手机号", "contact phone", "contact mobile"}},
	{"contact_email", "联系人邮箱", "Contact's e-mail", false, "", []string{"联系人邮件", "contact email", "contact e-mail"}},
}

// synonyms are other names of fields that programs may use in a mapping.
var synonyms = map[string]string{
	"invoice": fDocument, "order": fDocument, "contract": fDocument, "doc": fDocument, "client": fCustomer, "customer_code": fCustomer, "customer_id": fCustomer,
	"occurred_on": fDate, "occurred_at": fDate, "qty": fQuantity, "unit_price": fPrice, "name_zh": "name",
}

// installationFields are what a file of installed machines says; its own fields come first, so that a contract is not taken for the
// number of a document.
var installationFields = append([]field{
	{attrPrefix + "serial", "序列号", "Serial number", false, "SN-2026-0001", []string{"机号", "设备编号", "设备序列号", "出厂编号", "serial", "serial no", "sn", "machine no"}},
	{attrPrefix + "warranty_until", "保修至", "Warranty until", false, "2028-01-05", []string{"保修截止", "保修期至", "质保到期", "质保到期日", "保修到期日", "warranty end", "warranty end date", "warranty"}},
	{attrPrefix + "place", "安装地点", "Place", false, "二号车间", []string{"安装地址", "位置", "使用地点", "location", "site", "installed at"}},
	{attrPrefix + "contract", "合同号", "Contract", false, "HT-2026-018", []string{"合同编号", "contract no", "contract number"}},
}, factFields...)

// targetInstallation is the kind of fact that says what a customer has installed.
const targetInstallation = "installation"

// fieldsOf gives the fields of a target.
func fieldsOf(target string) []field {
	switch target {
	case TargetCustomers:
		return customerFields
	case targetInstallation:
		return installationFields
	}
	return factFields
}

// fieldName gives the name under which a field of a target is known, and whether there is one.
func fieldName(target, name string) (string, bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	known := func(f field) bool { return f.name == name }
	if slices.ContainsFunc(fieldsOf(target), known) {
		return name, true
	}
	prefix := attrPrefix
	if target == TargetCustomers {
		prefix = customPrefix
	}
	if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
		return name, true
	}
	name = synonyms[name]
	return name, slices.ContainsFunc(fieldsOf(target), known)
}

// ParseTarget understands the names of targets in the singular and the plural: orders, order, deliveries, customer.
// The second result is false when there is none of that name.
func ParseTarget(text string, kinds []fact.Kind) (string, bool) {
	t := strings.ToLower(strings.TrimSpace(text))
	if t == TargetCustomers || t == "customer" {
		return TargetCustomers, true
	}
	for _, k := range kinds {
		if t == k.Kind || t == k.Kind+"s" || strings.HasSuffix(k.Kind, "y") && t == strings.TrimSuffix(k.Kind, "y")+"ies" {
			return k.Kind, true
		}
	}
	return "", false
}
