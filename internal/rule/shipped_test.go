package rule_test

import (
	"testing"

	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

func TestShippedRulebooks(t *testing.T) {
	ids := rulebooks.IDs()
	if len(ids) < 3 {
		t.Fatalf("shipped rulebooks: %v", ids)
	}
	for _, id := range ids {
		t.Run(id, func(t *testing.T) {
			files, err := rulebooks.Load(id)
			if err != nil {
				t.Fatal(err)
			}
			book, problems := rule.Parse(files)
			problems = append(problems, book.Check(rule.Environment{})...)
			for _, p := range problems {
				if p.Severity == rule.SeverityInfo {
					continue
				}
				t.Errorf("%s %s:%d:%d %s %s | %s", p.Severity, p.File, p.Line, p.Column, p.Code, p.Message.En, p.Remedy.En)
			}
			report := rule.Test(book)
			if report.Failed != 0 || report.Passed == 0 || len(report.Unreached) != 0 {
				t.Errorf("passed %d, failed %d, unreached %d", report.Passed, report.Failed, len(report.Unreached))
			}
			if book.ID() != id {
				t.Errorf("id %q in folder %q", book.ID(), id)
			}
		})
	}
}
