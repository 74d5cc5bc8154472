package demo

// manual is an article of the company's knowledge base.
type manual struct {
	zh, en         string // titles
	bodyZH, bodyEN string
	tags           []string
	keeper         string // login
	public         bool
	reviewIn       int // days from the reference date to its review; below 0 = it is overdue, but not longer than it is published
}

// manuals are what the company has written down about its products and its ways. Two are overdue for review, two are public.
func manuals() []manual {
	return []manual{
		{
			zh: "智能指纹锁低电量与没电时怎么开门", en: "Smart lock: low battery, and opening it without power", tags: []string{"门锁", "常见问题"}, keeper: "lin", public: true, reviewIn: 240,
			bodyZH: "## 现象\n\n开锁时有“请更换电池”的提示音，或触摸面板完全没有反应。\n\n## 处理\n\n1. 用 9V 方形电池或充电宝接触锁体下方的应急供电口，按指纹开门。\n2. 打开室内侧电池盖，换上 **四节五号碱性电池**，正极朝标记方向；不要新旧混用，不要用充电电池。\n3. 合盖后听到一声提示音即恢复，指纹和密码不会丢失。\n\n仍无反应时使用机械钥匙开门，并登记售后。\n\n| 提示 | 含义 | 还能开 |\n|---|---|---|\n| 三声短音 | 电量低于二成 | 约 100 次 |\n| 红灯常亮 | 电量低于半成 | 约 10 次 |",
			bodyEN: "## What is seen\n\nThe lock asks for new batteries, or the panel does not react at all.\n\n## What to do\n\n1. Hold a 9 V block battery or a power bank to the emergency contacts below the lock and use the fingerprint.\n2. Open the inner cover and put in **four new AA alkaline batteries** as marked; do not mix old and new, no rechargeable ones.\n3. One tone says that it works again. Fingerprints and codes are kept.\n\nIf it stays dead, use the mechanical key and enter a request for service.",
		},
		{
			zh: "缓冲铰链安装后柜门不平的调节", en: "Adjusting soft-close hinges when a door hangs crooked", tags: []string{"五金", "安装"}, keeper: "lin", public: true, reviewIn: 120,
			bodyZH: "铰链上有三个螺丝，按下面的次序调，每次半圈：\n\n1. **左右**：靠门板一侧的螺丝，调两门之间的缝。\n2. **前后**：靠柜体一侧的螺丝，调门与柜体的缝。\n3. **上下**：底座螺丝，松开后整体移动，再拧紧。\n\n> 门重超过 6 公斤的，每扇装三个铰链，调节前先托住门。\n\n关门仍有撞击声时，检查阻尼开关是否拨到“开”。",
			bodyEN: "Each hinge has three screws. Turn them in this order, half a turn at a time:\n\n1. **Sideways**: the screw at the door, for the gap between two doors.\n2. **Depth**: the screw at the cabinet, for the gap to the cabinet.\n3. **Height**: loosen the base, move it, tighten it.\n\n> A door above 6 kg has three hinges. Hold it while you adjust.",
		},
		{
			zh: "整车发运外箱破损：预防与处理", en: "Damaged cartons in full-truck shipments: prevention and handling", tags: []string{"物流", "投诉"}, keeper: "east.manager", reviewIn: -6,
			bodyZH: "## 收货时\n\n- 当着司机拍照：整车、破损箱六面、签收单。\n- 在签收单上写明破损箱数，双方签字。\n\n## 定责与减价\n\n现场照片与签收单一致的，责任在我方；按破损数量减价，比例以销售规定为准，超过权限的先报批。\n\n## 预防\n\n整车发运一律使用护角与隔板，重货在下；装车照片随发货单存档。",
			bodyEN: "## On receipt\n\n- Take pictures with the driver present: the load, all sides of each damaged carton, the delivery note.\n- Write the number of damaged cartons on the note; both sign.\n\n## Responsibility\n\nWhere pictures and note agree, it is ours: reduce the price for what is damaged, within the sales rules and one's authority.\n\n## Prevention\n\nFull trucks are always loaded with corner guards and dividers, heavy goods below.",
		},
		{
			zh: "三节静音滑轨、样机异响的检查步骤", en: "Checking drawer slides and samples that make a noise", tags: []string{"五金", "检测"}, keeper: "lin", reviewIn: 300,
			bodyZH: "1. 空载拉动十次，分清响声来自滑轨还是抽屉体。\n2. 滑轨：看珠架是否有木屑，清洁后涂少量锂基脂；珠架变形的换新。\n3. 电器样机：先停机断电，检查运输支架是否已经拆除，再查风轮和紧固螺丝。\n4. 使用一周内出现异响、清洁紧固后仍不消除的，按产品问题 **换货**，并把批号写进检测报告。",
			bodyEN: "1. Pull the empty drawer ten times and hear whether the slide or the drawer makes the noise.\n2. Slide: look for wood dust in the ball cage, clean it, a little lithium grease; replace a bent cage.\n3. Appliance: switch it off, see that the transport bracket was taken out, then check fan and screws.\n4. A noise within a week that stays after cleaning and tightening is a fault of the product: **exchange** it and note the batch.",
		},
		{
			zh: "集成灶、油烟机上门安装前要确认的事", en: "Before a cooker hood or range is installed", tags: []string{"厨电", "安装"}, keeper: "lin", reviewIn: 90,
			bodyZH: "出发前给客户打电话确认：\n\n- 烟道口径和高度，是否有止逆阀；\n- 燃气种类（天然气 12T / 液化气 20Y），与机身铭牌一致；\n- 插座位置与接地，柜体开孔尺寸；\n- 燃气阀门由燃气公司验收，我方不改动燃气主管。\n\n安装后试漏、试机，填写安装单，请客户签字。",
			bodyEN: "Call the customer first and ask for:\n\n- the width and height of the duct, and whether there is a check valve;\n- the kind of gas (12T or 20Y), which must match the plate of the appliance;\n- the socket, its earth, and the cut-out of the cabinet.\n\nThe gas main is never changed by us. Afterwards test for leaks, run it, and have the sheet signed.",
		},
		{
			zh: "退货换货办理流程与所需材料", en: "Returns and exchanges: steps and papers", tags: []string{"流程", "售后"}, keeper: "director", reviewIn: 30,
			bodyZH: "1. 在工单里登记售后，写明产品、序列号、购买日期、客户要求，附照片。\n2. 技师两个工作日内给出检测结果和处理方式。\n3. 退换金额在客服经理权限之内的由其审批，超出的报营销总监。\n4. 退货：仓库收回货物后，财务退款；换货：收旧发新同时进行。\n5. 把结果告知客户，并在工单里引用或存下解决办法。",
			bodyEN: "1. Enter a request for service with product, serial number, date of purchase, what is wanted and pictures.\n2. The technician says within two working days what was found and which way is taken.\n3. The service manager approves up to the amount of the rules, the marketing director beyond it.\n4. Return: goods back, then the refund. Exchange: old back and new sent at the same time.\n5. Tell the customer, and attach or save the solution in the case.",
		},
		{
			zh: "净水器漏水与出水小的电话排查", en: "Water purifier: leaks and weak flow, by telephone", tags: []string{"厨电", "常见问题"}, keeper: "lin", reviewIn: -3,
			bodyZH: "**漏水**：先请客户关进水阀。接头处漏，重插 PE 管到底并扣紧卡扣；滤瓶处漏，检查密封圈是否错位。机身底部漏，停用并登记维修。\n\n**出水小**：\n\n- 看滤芯提示灯，到期先换 PP 棉；\n- 水压低于 0.1 MPa 的，加装增压泵；\n- 冬季水温低于 5 度时出水变小属正常。",
			bodyEN: "**Leak**: have the inlet closed first. At a joint, push the PE tube in fully and lock the clip; at a filter, look at the seal. From the bottom of the machine: stop using it and enter a repair.\n\n**Weak flow**: look at the filter light and replace the PP filter first; below 0.1 MPa a booster pump is needed; below 5 °C less flow is usual.",
		},
		{
			zh: "安装中有人受伤：第一小时怎么做", en: "Somebody is hurt during installation: the first hour", tags: []string{"流程", "安全"}, keeper: "director", reviewIn: 200,
			bodyZH: "1. 先救人：拨打 120，不移动骨折伤者；停止施工，断电断气。\n2. 十分钟内电话报告区域经理和营销总监，登记 **严重投诉** 工单。\n3. 保护现场并拍照，记下货架或设备的型号、批号、安装人。\n4. 专人陪同就医，每天给客户一次电话；不当场谈责任，也不推脱。\n5. 24 小时内完成初步调查，医疗费先行垫付须总监同意。",
			bodyEN: "1. People first: call 120, do not move somebody with a fracture; stop the work, cut power and gas.\n2. Within ten minutes call the regional manager and the marketing director, and enter a **serious complaint**.\n3. Secure and photograph the place; note model, batch and who installed it.\n4. Somebody stays with the injured; the customer is called every day. Responsibility is not argued on the spot.\n5. A first report within 24 hours; paying medical costs in advance needs the director's consent.",
		},
	}
}
