package cli

import (
	"context"
	"maps"
	"slices"

	"kezhi/internal/app"
	"kezhi/internal/calendar"
	"kezhi/internal/procedure"
	"kezhi/internal/rulebook"
	"kezhi/internal/words"
)

// profileIncidents reads the event log of a help desk.
const profileIncidents = "incidents"

// importCases replays the log of another system as cases. What was imported is on standard output, what is new and what
// was there before on standard error, so that the same file gives the same output each time.
func (c *command) importCases(ctx context.Context, path, profile string) error {
	if profile != profileIncidents {
		return c.usage("请用 --profile incidents 说明文件是帮助台的事件日志。", "Say with --profile incidents that the file is the event log of a help desk.")
	}
	return c.withApp(ctx, func(ctx context.Context, a *app.App) error {
		if err := c.ensureProcedures(ctx, a, procedure.IncidentRulebook); err != nil {
			return err
		}
		sum, err := a.Procedures.ImportIncidents(ctx, path, c.progress)
		if err != nil {
			return err
		}
		c.say(c.lang.pick("新写入 %d 件，已有且未变 %d 件，已有但内容不同 %d 件（保留原有）。", "%d cases written, %d there already, %d there with another history (kept)."), sum.New, sum.Unchanged, sum.Differ)
		c.say(c.lang.pick("导入编号 %d：可在网页“工单 → 导入”（/cases/import?job=%[1]d）中查看或撤销。", "Import %d: see it or take it back in the web UI (/cases/import?job=%[1]d)."), sum.ImportID)
		if c.json {
			return c.printJSON(c.withMessages(sum))
		}
		c.printIncidents(sum)
		return nil
	})
}

// ensureProcedures adopts a shipped rulebook that was never adopted, with a remark on standard error.
func (c *command) ensureProcedures(ctx context.Context, a *app.App, book string) error {
	d, err := a.Rulebooks.Get(ctx, book)
	if err != nil || len(d.Adoptions) > 0 {
		return err
	}
	ad, err := a.Rulebooks.Adopt(ctx, rulebook.AdoptInput{Rulebook: book, EffectiveFrom: calendar.None})
	if err == nil {
		c.sayAdopted(ad)
	}
	return err
}

func (c *command) printIncidents(sum procedure.IncidentSum) {
	t := c.lang.pick
	c.print(t("事件记录 %d 行，工单 %d 件，其中重开 %d 件、已解决 %d 件；转派共 %d 次。", "%d lines, %d cases, of them %d reopened and %d resolved; %d reassignments."),
		sum.Events, sum.Cases, sum.Reopened, sum.Resolved, sum.Reassigned)
	if sum.Hours.Mean != nil {
		c.print(t("解决用时（小时）：平均 %s，中位数 %s。", "Hours to resolve: mean %s, median %s."), *sum.Hours.Mean, *sum.Hours.Median)
	}
	c.printCounts("  ", sum.ByState)
	kinds := map[string]int64{}
	first := map[string]procedure.IncidentProblem{}
	for _, p := range sum.Problems {
		if kinds[p.Code]++; kinds[p.Code] == 1 {
			first[p.Code] = p
		}
	}
	c.print(t("问题 %d 处（--json 列出全部）：", "%d problems (--json lists them all):"), len(sum.Problems))
	for _, code := range slices.Sorted(maps.Keys(kinds)) {
		p, n := first[code], kinds[code]
		c.print(t("  %d 处，第一处在第 %d 行（%s）：%s", "  %d, the first on line %d (%s): %s"), n, p.Line, p.Number, words.Sentence(string(c.lang), code, p.Args))
	}
}

// withMessages puts the sentences of problems beside their codes.
func (c *command) withMessages(sum procedure.IncidentSum) procedure.IncidentSum {
	for i := range sum.Problems {
		p := &sum.Problems[i]
		p.Message = words.Sentence(string(c.lang), p.Code, p.Args)
	}
	return sum
}
