package procedure

// complaints is a small regulation on complaints: taken in, accepted, investigated by the department named, signed off by
// two together and by the director, answered; a request for money with an authority matrix beside it.
const complaints = `rulebook: complaints
version: 1.0.0
title: {zh: 投诉办法, en: Complaints}
currency: CNY
roles:
  supervisor: {zh: 主管, en: Supervisor, aliases: [regional_manager]}
  service_desk: {zh: 客服, en: Customer service}
  legal: {zh: 法务, en: Legal}
  finance: {zh: 财务, en: Finance}
  director: {zh: 总监, en: Director}
forms:
  card:
    title: {zh: 投诉记录卡, en: Record card}
    number: "JL-{year}-{seq:4}"
    clause: "1"
    fields:
      what: {type: long_text, required: true, max: 2000, title: {zh: 投诉内容, en: Complaint}}
      demand: {type: choice, options: {price: {zh: 降价, en: Price reduction}, return: {zh: 退货, en: Return}}, required: true, title: {zh: 要求, en: Demand}}
      injury: {type: yes_no, title: {zh: 有人受伤, en: Injury}}
      against: {type: person, title: {zh: 被投诉人, en: Complained of}}
      original: {type: file, many: true, title: {zh: 原件, en: Original}}
  report:
    title: {zh: 调查报告, en: Report}
    number: "DC-{year}-{seq:3}"
    fields:
      cause: {type: text, required: true, title: {zh: 原因, en: Cause}}
      amount: {type: money, min: 0, required: true, title: {zh: 赔偿, en: Compensation}}
  answer:
    title: {zh: 答复, en: Answer}
    fields:
      text: {type: long_text, required: true, title: {zh: 答复, en: Text}}
procedures:
  complaint:
    title: {zh: 客户投诉, en: Complaint}
    kind: complaint
    about: customer
    number: "TS-{year}-{seq:4}"
    clause: "1"
    days: calendar
    start: {by: [owner, service_desk, supervisor], channels: [phone, shop, web], form: card}
    deadline: {within: P7D, alarms: [{before: P2D, tell: [supervisor]}, {after: P0D, tell: [director]}]}
    extensions: {complex: {add: P15D, approve: [director], title: {zh: 复杂, en: Complex}}}
    pauses: {awaiting: {at_most: P5D, title: {zh: 等客户, en: Waiting}}}
    recuse: [card.against]
    classes: {serious: {when: 'start.injury == true', tell: [director], title: {zh: 严重, en: Serious}}, usual: {title: {zh: 一般, en: Usual}}}
    first: [{when: 'customer.grade == "A"'}]
    reopen: {by: [service_desk], within: P30D, to: investigate}
    steps:
      accept: {do: decide, by: supervisor, near: customer, within: P1D, title: {zh: 受理, en: Accept}, rejected: declined}
      investigate: {do: fill, by: owner, form: report, within: P2D, title: {zh: 调查, en: Investigate}}
      checks: {together: [law, money], need: all, title: {zh: 会签, en: Checks}, rejected: investigate, next: sign}
      law: {do: decide, by: legal, title: {zh: 法务, en: Legal}}
      money: {do: decide, by: finance, title: {zh: 财务, en: Finance}}
      sign: {do: decide, authority: limits, title: {zh: 审批, en: Sign}, rejected: investigate}
      answer: {do: answer, by: starter, form: answer, title: {zh: 答复, en: Answer}, next: answered}
    ends:
      answered: {title: {zh: 已答复, en: Answered}, good: true, record: {fact: complaint, attrs: {severity: case.class, cause: investigate.cause, amount: investigate.amount}}}
      declined: {title: {zh: 不受理, en: Declined}}
authorities:
  limits: {amount: report.amount, rows: [{up_to: 5000, by: supervisor}, {by: director}]}
`

// request is a one-step approval without a form, as a bulk decision wants it.
const request = `rulebook: requests
version: 1.0.0
title: {zh: 申请办法, en: Requests}
roles:
  director: {zh: 总监, en: Director}
  engineer: {zh: 总工程师, en: Engineer}
procedures:
  waiver:
    title: {zh: 免除申请, en: Waiver}
    kind: waiver
    number: "MC-{year}{month}-{seq:3}"
    days: working
    steps:
      decide: {do: decide, by: director, within: P2D, title: {zh: 审批, en: Decide}, rejected: refused, next: granted}
    ends:
      granted: {title: {zh: 同意, en: Granted}, good: true}
      refused: {title: {zh: 不同意, en: Refused}}
  design:
    title: {zh: 设计变更, en: Design}
    kind: approval
    number: "SJ-{year}-{seq:3}"
    steps:
      decide: {do: decide, by: engineer, title: {zh: 审批, en: Decide}, rejected: refused, next: granted}
    ends:
      granted: {title: {zh: 同意, en: Granted}, good: true}
      refused: {title: {zh: 不同意, en: Refused}}
`

// terms is an approval that takes effect through the fact its end records.
const terms = `rulebook: terms
version: 1.0.0
title: {zh: 特殊条件, en: Special terms}
roles:
  director: {zh: 总监, en: Director}
forms:
  ask:
    title: {zh: 申请表, en: Request}
    layout: letter
    text: {zh: "{customer.name}：{start.terms}（{case.number}，{start.kind}）", en: "{customer.name}: {start.terms} ({case.number})"}
    fields:
      do: {type: choice, required: true, options: {grant: {zh: 给予, en: Grant}, adjust: {zh: 调整, en: Adjust}, revoke: {zh: 取消, en: Revoke}}}
      kind: {type: choice, options: {price: {zh: 价格, en: Price}, supply: {zh: 供货, en: Supply}}}
      terms: {type: long_text}
      until: {type: date}
      term: {type: text}
procedures:
  terms:
    title: {zh: 特殊条件, en: Special terms}
    kind: terms
    about: customer
    number: "TJ-{year}-{seq:3}"
    start: {form: ask}
    steps:
      decide: {do: decide, by: director, title: {zh: 审批, en: Decide}, rejected: refused, next: granted}
    ends:
      granted: {title: {zh: 同意, en: Granted}, good: true, record: {fact: special_terms, attrs: {do: start.do, kind: start.kind, terms: start.terms, until: start.until, term: start.term}}}
      refused: {title: {zh: 不同意, en: Refused}}
`
