package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const smallLog = `number,incident_state,reassignment_count,reopen_count,sys_mod_count,caller_id,opened_at,sys_updated_at,contact_type,category,subcategory,priority,assignment_group,assigned_to,closed_code,resolved_at,closed_at
INC1,New,0,0,0,Caller 1,1/3/2016 08:00,1/3/2016 08:00,Phone,Category 1,?,3 - Moderate,?,?,?,?,?
INC1,Closed,2,1,4,Caller 1,1/3/2016 08:00,2/3/2016 08:00,Phone,Category 1,?,3 - Moderate,?,?,code 5,1/3/2016 09:30,2/3/2016 08:00
INC2,-100,0,0,0,Caller 2,1/3/2016 08:00,1/3/2016 08:00,Email,Category 2,?,3 - Moderate,?,?,?,?,?
`

// The output is a contract, and the same for the same file; what was there before is said beside it.
func TestImportCases(t *testing.T) {
	path, data := filepath.Join(t.TempDir(), "log.csv"), t.TempDir()
	if err := os.WriteFile(path, []byte(smallLog), 0o600); err != nil {
		t.Fatal(err)
	}
	want := `{"events":3,"cases":2,"reopened":1,"reassigned":2,"by_state":{"-100":1,"Closed":1,"New":1},"resolved":1,"hours_to_resolve":{"mean":1.5,"median":1.5},` +
		`"problems":[{"line":4,"number":"INC2","code":"incident.unknown_state","message":"The state \"-100\" is not a known one, and the case stayed where it was; correct it where it comes from."}]}` + "\n"
	for _, said := range []string{"2 cases written, 0 there already", "0 cases written, 2 there already"} {
		r := run(t, "", "import", "cases", path, "--profile", "incidents", "--data", data, "--json")
		if r.code != exitDone || r.out != want || !strings.Contains(r.errOut, said) {
			t.Errorf("exit %d\n%s%s", r.code, r.out, r.errOut)
		}
	}
	if r := run(t, "", "import", "cases", path, "--data", data); r.code != exitUsage || !strings.Contains(r.errOut, "--profile incidents") {
		t.Errorf("without a profile: exit %d\n%s", r.code, r.errOut)
	}
	for _, option := range [][]string{{"--map", "number=number"}, {"--create-customers"}, {"--save-profile", "x"}} {
		args := append([]string{"import", "cases", path, "--profile", "incidents", "--data", data}, option...)
		if r := run(t, "", args...); r.code != exitUsage || !strings.Contains(r.errOut, option[0]) {
			t.Errorf("with %v: exit %d\n%s", option, r.code, r.errOut)
		}
	}
	if r := run(t, "", "import", "cases", path, "--profile", "incidents", "--data", data); r.code != exitDone || !strings.Contains(r.out, "2 reassignments") {
		t.Errorf("in words: exit %d\n%s%s", r.code, r.out, r.errOut)
	}
}
