package demo

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/training"
)

// learn lives through a day of training: the course comes out when the knowledge base does, and most people take it in the days after.
func (l *loader) learn(ctx context.Context, day calendar.Date) error {
	ago := int(l.c.Reference - day)
	if ago == caseDays {
		c, err := l.Training.Create(l.as(ctx, l.director()), secrecyCourse())
		if err != nil {
			return err
		}
		l.course, err = l.Training.Publish(l.as(ctx, l.director()), c.ID, c.Version)
		return err
	}
	if ago > caseDays || l.course.ID == 0 {
		return nil
	}
	for i, a := range l.staff {
		if i%5 == 4 || 1+i%7 != caseDays-ago { // every fifth puts it off
			continue
		}
		if err := l.takeCourse(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) takeCourse(ctx context.Context, a authz.Actor) error {
	ctx = authz.With(ctx, a)
	p, err := l.Training.Begin(ctx, l.course.ID)
	if err != nil {
		return err
	}
	answers := make([][]int, len(p.Attempt.Paper))
	for i, put := range p.Attempt.Paper {
		for at, o := range put.Options {
			if l.course.Content.Questions[put.Q].Options[o].Right {
				answers[i] = append(answers[i], at)
			}
		}
	}
	_, err = l.Training.Answer(ctx, p.Attempt.ID, answers)
	return err
}

// secrecyCourse is the course on the secrecy of customer information that the information regulation asks for.
func secrecyCourse() training.Input {
	q := func(text, why string, options ...string) training.Question {
		out := training.Question{Text: text, Why: why}
		right := 0
		for _, o := range options {
			is := o[0] == '*'
			if is {
				right++
			}
			out.Options = append(out.Options, training.Option{Text: o[1:], Right: is})
		}
		out.Many = right > 1
		return out
	}
	return training.Input{Topic: "secrecy", Title: "客户信息保密", Content: training.Content{
		Body: `## 为什么要保密
客户把电话、账号、经营情况告诉我们，是为了合作，不是为了让别人知道。泄露一次，失去的是客户的信任，也可能违法。

## 三级信息
| 级别 | 举例 | 怎么用 |
|---|---|---|
| A | 身份证号、银行账号 | 指定的人，经批准，每次都记录 |
| B | 联系人电话、地址 | 受过培训并获授权的人 |
| C | 公司名称、行业 | 按一般规定 |

## 日常做法
- 只看与手头工作有关的资料；看之前想清楚用途。
- 不用私人邮箱、私人微信传客户资料。
- 离开座位锁屏；打印件用完即碎。
- 发现泄露，当天报告主管和安全管理部门，不要自己掩盖。`,
		Questions: []training.Question{
			q("客户要求你把另一家客户的联系人电话告诉他，你怎么做？", "联系人电话是 B 级信息，不能提供给第三方。", "-直接告诉他", "*婉拒，不提供", "-让同事告诉他", "-口头告诉，不发文字"),
			q("下面哪些是 A 级信息？", "身份证号和银行账号是 A 级。", "*联系人的身份证号", "*客户的银行账号", "-公司所在城市", "-公司名称"),
			q("发现客户资料可能外泄，应当什么时候报告？", "当天报告，越早越能补救。", "-月底例会上", "-查清楚以后", "*当天", "-客户投诉以后"),
			q("哪些做法是对的？", "资料只在公司系统里传递，用完即销毁。", "*离开座位锁屏", "-把名单存到自己的手机", "*打印件用完碎掉", "-用私人邮箱发给同事"),
		},
		PassMark: 75, Attempts: 3, ValidMonths: 12, RemindDays: 30, DueDays: 30,
	}}
}
