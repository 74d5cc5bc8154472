package outbound

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// ways are the names by which a Go program reaches the network past the guard. Building an http.Client or a net.Dialer is one; naming their types is none.
var ways = map[string]*regexp.Regexp{
	"net/http":   regexp.MustCompile(`^(DefaultClient|DefaultTransport|Get|Head|Post|PostForm)$`),
	"net":        regexp.MustCompile(`^(Dial|Dialer$)`),
	"crypto/tls": regexp.MustCompile(`^(Dial|Dialer$)`),
	"net/smtp":   regexp.MustCompile(`^(Dial|SendMail)`),
	"net/rpc":    regexp.MustCompile(`^Dial`),
}

// literals are the types of net/http whose literals, or new values, connect by themselves.
var literals = regexp.MustCompile(`^(Client|Transport)$`)

// waysIn gives every way past the guard in a file.
func waysIn(fset *token.FileSet, f *ast.File) (out []string) {
	names := map[string]string{}
	for _, imp := range f.Imports {
		path := strings.Trim(imp.Path.Value, `"`)
		name := path[strings.LastIndex(path, "/")+1:]
		if imp.Name != nil {
			name = imp.Name.Name
		}
		names[name] = path
	}
	of := func(e ast.Expr) (string, string) {
		if sel, ok := e.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok {
				return names[x.Name], sel.Sel.Name
			}
		}
		return "", ""
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.SelectorExpr:
			if path, name := of(x); ways[path] != nil && ways[path].MatchString(name) {
				out = append(out, fset.Position(n.Pos()).String()+": "+path+"."+name)
			}
		case *ast.CompositeLit:
			if path, name := of(x.Type); path == "net/http" && literals.MatchString(name) {
				out = append(out, fset.Position(n.Pos()).String()+": a new http."+name)
			}
		case *ast.CallExpr:
			if fn, ok := x.Fun.(*ast.Ident); ok && fn.Name == "new" && len(x.Args) == 1 {
				if path, name := of(x.Args[0]); path == "net/http" && literals.MatchString(name) {
					out = append(out, fset.Position(n.Pos()).String()+": a new http."+name)
				}
			}
		case *ast.ValueSpec:
			if path, name := of(x.Type); path == "net/http" && literals.MatchString(name) {
				out = append(out, fset.Position(n.Pos()).String()+": a new http."+name)
			}
		}
		return true
	})
	return out
}

// Nothing in the program connects past the guard.
func TestNothingConnectsPastTheGuard(t *testing.T) {
	files := 0
	for _, root := range []string{"..", "../../cmd", "../../rulebooks"} {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			if dir := filepath.ToSlash(filepath.Dir(path)); dir == "../outbound" || strings.HasSuffix(dir, "test") {
				return nil // the guard itself, and packages that only tests import
			}
			files++
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, path, nil, 0)
			if err != nil {
				return err
			}
			for _, way := range waysIn(fset, f) {
				t.Errorf("%s goes past internal/outbound", way)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 300 {
		t.Fatalf("only %d files were looked at", files)
	}
}

func TestTheGuardTestFindsEachWay(t *testing.T) {
	for _, line := range []string{
		"_, _ = h.Get(``)", "_ = h.DefaultClient", "_ = &h.Client{}", "_ = new(h.Client)", "var c h.Client; _ = c", "_ = h.Transport{}", "_, _ = net.Dial(``, ``)", "_ = net.Dialer{}",
		"_, _ = net.DialTimeout(``, ``, 0)", "_, _ = tls.Dial(``, ``, nil)",
	} {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "x.go", "package x\nimport (\"crypto/tls\"; \"net\"; h \"net/http\")\nfunc f() { "+line+" }", 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(waysIn(fset, f)) == 0 {
			t.Errorf("%s is not found", line)
		}
	}
}
