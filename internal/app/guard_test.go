package app_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/config"
	"kezhi/internal/db"
	"kezhi/internal/httpapi"
	"kezhi/internal/words"
)

func api(t *testing.T) *httpapi.API {
	t.Helper()
	a := httpapi.New("test", slog.New(slog.DiscardHandler))
	app.Routes(a, app.Services{}, false)
	return a
}

// Nothing is open by oversight: an operation names a permission that exists, or stands on this short list.
func TestEveryOperationDeclaresAPermission(t *testing.T) {
	public := map[string]bool{
		"sign-in": true, "sign-in-second": true, "list-offered-providers": true, "begin-provider-sign-in": true, "finish-provider-sign-in": true, "ask-passkey": true, "sign-in-passkey": true, "sign-out": true, "get-setup": true, "set-up": true,
		// Customers without an account: internal/public bounds and proves each request itself.
		"list-public-procedures": true, "start-public-case": true, "upload-public-file": true, "follow-public-case": true, "add-to-public-case": true, "rate-public-case": true,
		// What the knowledge base has published for everybody: bounded like the other public reads, nothing of staff in it.
		"list-public-articles": true, "get-public-article": true,
		// Whoever holds a link that was sent to them: internal/message proves it.
		"unsubscribe": true, "open-unsubscribe": true,
		// Whoever holds the link of an invitation: internal/seminar proves it.
		"get-public-invitation": true, "answer-public-invitation": true,
	}
	known := map[authz.Permission]bool{}
	for _, p := range authz.Permissions {
		known[p] = true
	}
	ops := api(t).Ops()
	if len(ops) < 80 {
		t.Fatalf("only %d operations are registered", len(ops))
	}
	ids := map[string]bool{}
	for _, op := range ops {
		if ids[op.ID] {
			t.Errorf("%s is registered twice", op.ID)
		}
		ids[op.ID] = true
		switch {
		case op.Public != public[op.ID]:
			t.Errorf("%s: public is %v", op.ID, op.Public)
		case !op.Public && !known[op.Permission]:
			t.Errorf("%s: unknown permission %q", op.ID, op.Permission)
		case op.Summary == "" || op.Tag == "":
			t.Errorf("%s has no summary or tag", op.ID)
		}
	}
}

func TestTheCommittedAPIDocumentIsWhatTheCodeGives(t *testing.T) {
	a := httpapi.New(app.Version, slog.New(slog.DiscardHandler))
	app.Routes(a, app.Services{}, false)
	want, err := a.Spec()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join("..", "..", "api", "openapi.json"))
	if err != nil || string(got) != string(want) {
		t.Fatalf("api/openapi.json is stale (%v): run make gen", err)
	}
}

// tableOrFile finds the tables of the migrations and the columns in them that hold ids of files.
var tableOrFile = regexp.MustCompile(`(?m)CREATE TABLE (\w+)|^\s+(file_id) BIGINT|ALTER TABLE (\w+) ADD COLUMN (file_id) BIGINT`)

// Uploads that no registered column names are swept away, so every column that holds their ids must be registered.
func TestEveryColumnThatNamesAFileIsKnownToTheSweep(t *testing.T) {
	migrations, err := filepath.Glob(filepath.Join("..", "db", "migrations", "*.sql"))
	if err != nil || len(migrations) < 8 {
		t.Fatalf("%d migrations, %v", len(migrations), err)
	}
	var want []string
	for _, path := range migrations {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		table := ""
		for _, m := range tableOrFile.FindAllStringSubmatch(string(text), -1) {
			switch {
			case m[1] != "":
				table = m[1]
			case m[2] != "":
				want = append(want, table+"."+m[2])
			default:
				want = append(want, m[3]+"."+m[4])
			}
		}
	}
	a, err := app.New(t.Context(), config.Config{Data: t.TempDir(), Timezone: "Asia/Shanghai"}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	got := a.Files.Uses()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || len(want) < 2 {
		t.Errorf("the sweep knows %v, the schema has %v", got, want)
	}
}

// codeLike is what a stable code of an error looks like.
var codeLike = regexp.MustCompile(`^([a-z]+(_[a-z]+)*\.[a-z0-9_]+|invalid_input|not_found|internal|precondition_failed|precondition_required)$`)

// Every code a service can return has a sentence in both languages.
func TestEveryErrorCodeHasItsSentences(t *testing.T) {
	codes := errorCodes(t, filepath.Join("..", "..", "internal"))
	if len(codes) < 100 {
		t.Fatalf("only %d codes were found; the search is broken", len(codes))
	}
	for code, place := range codes {
		for _, lang := range []string{"zh", "en"} {
			if !words.Known(lang, code) {
				t.Errorf("%s: code %q has no sentence in %s", place, code, lang)
			}
		}
	}
}

func errorCodes(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	fset := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, lit := range codeLiterals(n) {
				code, err := strconv.Unquote(lit.Value)
				if err == nil && codeLike.MatchString(code) {
					out[code] = fset.Position(lit.Pos()).String()
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// codeLiterals gives the literals at the places where a code stands: errs.New, errs.Wrap, Validation.Check, errs.Field.
func codeLiterals(n ast.Node) []*ast.BasicLit {
	at := -1
	var args []ast.Expr
	switch x := n.(type) {
	case *ast.CallExpr:
		sel, ok := x.Fun.(*ast.SelectorExpr)
		if !ok {
			return nil
		}
		args = x.Args
		pkg, _ := sel.X.(*ast.Ident)
		switch {
		case pkg != nil && pkg.Name == "errs" && sel.Sel.Name == "New":
			at = 1
		case pkg != nil && (pkg.Name == "errs" && sel.Sel.Name == "Wrap" || sel.Sel.Name == "Check" && len(args) >= 3):
			at = 2
		}
	case *ast.KeyValueExpr:
		if key, ok := x.Key.(*ast.Ident); ok && key.Name == "Code" {
			at, args = 0, []ast.Expr{x.Value}
		}
	}
	if at < 0 || at >= len(args) {
		return nil
	}
	lit, ok := args[at].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return nil
	}
	return []*ast.BasicLit{lit}
}

var (
	createTable = regexp.MustCompile(`(?s)-- [^\n]*\b(reference|distributed: (\w+))\s*\nCREATE TABLE (\w+) \((.*?)\n\)`)
	anyTable    = regexp.MustCompile(`CREATE TABLE (\w+)`)
	uniqueIndex = regexp.MustCompile(`CREATE UNIQUE INDEX (\w+) ON (\w+) \(([^)]*)\)`)
)

// The rules that let the schema be spread over several machines later: a distributed table carries its distribution column
// in its primary key and in every unique constraint, says how it is spread, and has no sequence and no foreign key.
func TestSchemaCanBeDistributed(t *testing.T) {
	files, err := db.Migrations(db.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		t.Fatal("no migrations", err)
	}
	column := map[string]string{}
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		declared := map[string]bool{}
		for _, m := range createTable.FindAllStringSubmatch(text, -1) {
			table, body := m[3], m[4]
			declared[table] = true
			column[table] = m[2]
			if strings.Contains(body, "REFERENCES") || strings.Contains(body, "SERIAL") || strings.Contains(body, "AUTOINCREMENT") {
				t.Errorf("%s: %s has a foreign key or a sequence", name, table)
			}
			if m[2] != "" && !keysCarry(body, m[2]) {
				t.Errorf("%s: a key of %s lacks its distribution column %s", name, table, m[2])
			}
		}
		for _, m := range anyTable.FindAllStringSubmatch(text, -1) {
			if !declared[m[1]] {
				t.Errorf("%s: table %s does not say how it is spread (reference, or distributed: COLUMN)", name, m[1])
			}
		}
		for _, m := range uniqueIndex.FindAllStringSubmatch(text, -1) {
			if c := column[m[2]]; c != "" && !strings.Contains(m[3], c) {
				t.Errorf("%s: unique index %s lacks %s", name, m[1], c)
			}
		}
	}
}

var keyClause = regexp.MustCompile(`(?:PRIMARY KEY|UNIQUE) \(([^)]*)\)`)

func keysCarry(body, column string) bool {
	for _, line := range strings.Split(body, "\n") {
		if strings.Contains(line, "PRIMARY KEY") || strings.Contains(line, "UNIQUE") {
			if m := keyClause.FindStringSubmatch(line); m != nil {
				if !regexp.MustCompile(`\b` + column + `\b`).MatchString(m[1]) {
					return false
				}
			} else if !strings.HasPrefix(strings.TrimSpace(line), column+" ") {
				return false
			}
		}
	}
	return strings.Contains(body, "PRIMARY KEY")
}

// A path that names a parameter nobody declared would never be given to its handler: an input hidden from the API's
// reader, such as one in an unexported embedded struct, is found here.
func TestEveryParameterOfAPathIsDeclared(t *testing.T) {
	spec, err := api(t).Spec()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal(spec, &doc); err != nil || len(doc.Paths) < 80 {
		t.Fatalf("%d paths, %v", len(doc.Paths), err)
	}
	for path, ops := range doc.Paths {
		for _, name := range regexp.MustCompile(`\{([a-z_]+)\}`).FindAllStringSubmatch(path, -1) {
			for method, op := range ops {
				found := false
				for _, p := range op.Parameters {
					found = found || p.In == "path" && p.Name == name[1]
				}
				if !found {
					t.Errorf("%s %s does not declare %s", method, path, name[1])
				}
			}
		}
	}
}
