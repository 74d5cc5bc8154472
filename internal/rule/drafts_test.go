package rule_test

import (
	"bytes"
	"strings"
	"testing"

	"kezhi/internal/rule"
	"kezhi/rulebooks"
)

// Every shipped rulebook without its examples gets drafts that pass and leave next to nothing unreached.
func TestDraftsOfTheShippedRulebooks(t *testing.T) {
	for _, id := range rulebooks.IDs() {
		t.Run(id, func(t *testing.T) {
			files, err := rulebooks.Load(id)
			if err != nil {
				t.Fatal(err)
			}
			complete, _ := rule.Parse(files)
			if drafts := complete.DraftCases(); drafts != nil {
				t.Errorf("nothing is missing, but drafts were made: %s", drafts)
			}
			if !complete.Graded() || len(complete.Procedures()) > 0 {
				return // what a procedure must show its author says
			}
			files[rule.FileCases] = []byte("[]\n")
			bare, _ := rule.Parse(files)
			before := rule.Test(bare)
			drafts := bare.DraftCases()
			if again := bare.DraftCases(); !bytes.Equal(drafts, again) {
				t.Error("the drafts differ from call to call")
			}
			files[rule.FileCases] = drafts
			drafted, problems := rule.Parse(files)
			if rule.HasErrors(problems) {
				t.Fatalf("%+v\n%s", problems, drafts)
			}
			report := rule.Test(drafted)
			t.Logf("%d drafts, %d of %d left", report.Passed, len(report.Unreached), len(before.Unreached))
			if report.Failed != 0 || report.Passed == 0 {
				t.Errorf("%d drafts fail", report.Failed)
			}
			for _, u := range report.Unreached {
				t.Logf("left: %s %s: %s", u.Kind, u.Ref, u.Message.En)
			}
			owners := func(r rule.TestReport) (n int) {
				for _, u := range r.Unreached {
					if strings.HasPrefix(u.Ref, "ownership.") {
						n++
					}
				}
				return n
			}
			if left := len(report.Unreached) - owners(report); left*10 > len(before.Unreached)-owners(before) {
				t.Error("too much is left to the author")
			}
			if strings.Count(string(drafts), "# 草稿") != report.Passed || strings.Count(string(drafts), "not drafted") != len(report.Unreached) {
				t.Error("a draft without its remark, or something left unsaid")
			}
		})
	}
}
