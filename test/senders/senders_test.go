package senders_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const internal = "../../internal"

// senders are the packages that write to customers, each with the purposes it uses. They ask message.Send, which asks the gate when a
// message is queued and again when it is sent (message.May: do-not-contact, refused channels, quiet hours, cap), by any channel.
var senders = []string{"care", "handover", "message", "reply", "seminar"}

// handlers of channels: who may hold one, and who may configure them.
var (
	mayDeliver   = []string{"app", "channel", "channel/channeltest", "message"}
	mayConfigure = []string{"cli", "config", "demo"}
)

// outward are libraries by which something could leave the house past the channels.
var outward = []string{"net/smtp", "github.com/wneessen/go-mail"}

// A new way of writing to customers has to be found by this test: who asks for messages is listed, and nobody else touches a channel.
func TestEverySenderPassesTheGate(t *testing.T) {
	asks, files := map[string]bool{}, 0
	each(t, func(pkg string, file *ast.File, at func(ast.Node) string) {
		files++
		names := imports(file)
		for path := range names {
			if slices.Contains(outward, path) && pkg != "channel" && pkg != "channel/channeltest" {
				t.Errorf("%s: %s sends mail by itself; customers are written to by internal/message", at(file), path)
			}
		}
		local, known := names["kezhi/internal/message"]
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if sel, ok := lit.Type.(*ast.SelectorExpr); ok && known && sel.Sel.Name == "SendInput" && isNamed(sel.X, local) {
				asks[pkg] = true
			}
			return true
		})
		if name, ok := names["kezhi/internal/channel"]; ok && !slices.Contains(mayDeliver, pkg) {
			usesOf(file, name, func(n ast.Node, what string) {
				if (what == "New" || what == "Set" || what == "Sender" || what == "Message") && !slices.Contains(mayConfigure, pkg) {
					t.Errorf("%s: channel.%s is used past internal/message", at(n), what)
				}
			})
		}
	})
	if files < 200 {
		t.Fatalf("only %d files were read", files)
	}
	asks["message"] = true // by its own operation
	var found []string
	for pkg := range asks {
		found = append(found, pkg)
	}
	slices.Sort(found)
	if found = slices.DeleteFunc(found, func(p string) bool { return p == "demo" }); !slices.Equal(found, senders) {
		t.Errorf("packages that write to customers: %v, known are %v: say in this test what a new one sends, and test it with do-not-contact", found, senders)
	}
}

// Within message, one place hands a message to a channel, right after the claim that asked the gate, and one place queues one.
func TestTheGateIsAskedWhereMessagesPass(t *testing.T) {
	sends, inserts := map[string]int{}, map[string]int{}
	claims := false
	each(t, func(pkg string, file *ast.File, _ func(ast.Node) string) {
		if pkg != "message" {
			return
		}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			calls := callsIn(fn.Body)
			if slices.Contains(calls, "sender.Send") {
				sends[fn.Name.Name]++
				claims = claims || slices.Contains(calls, "s.claim")
			}
			if slices.Contains(calls, "insert") {
				inserts[fn.Name.Name]++
				if fn.Name.Name == "queueUp" && !slices.Contains(calls, "s.may") {
					t.Error("queueUp does not ask the gate")
				}
			}
			if fn.Name.Name == "claim" && !slices.Contains(calls, "s.recheck") {
				t.Error("claim does not ask the gate again")
			}
		}
	})
	if len(sends) != 1 || !claims {
		t.Errorf("channels are called in %v, after a claim: %v", sends, claims)
	}
	for name := range inserts {
		if name != "queueUp" && name != "TestSend" {
			t.Errorf("%s queues a message past the gate", name)
		}
	}
	if inserts["queueUp"] != 1 {
		t.Errorf("messages are queued in %v", inserts)
	}
}

func each(t *testing.T, fn func(pkg string, file *ast.File, at func(ast.Node) string)) {
	t.Helper()
	set := token.NewFileSet()
	err := filepath.WalkDir(internal, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg, err := filepath.Rel(internal, filepath.Dir(path))
		fn(filepath.ToSlash(pkg), file, func(n ast.Node) string { return set.Position(n.Pos()).String() })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// imports gives the local names of what a file imports.
func imports(file *ast.File) map[string]string {
	out := map[string]string{}
	for _, i := range file.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		name := path[strings.LastIndex(path, "/")+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		out[path] = name
	}
	return out
}

func isNamed(x ast.Expr, name string) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == name
}

func usesOf(file *ast.File, name string, fn func(n ast.Node, what string)) {
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && isNamed(sel.X, name) {
			fn(n, sel.Sel.Name)
		}
		return true
	})
}

func callsIn(body *ast.BlockStmt) []string {
	var out []string
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch f := call.Fun.(type) {
		case *ast.Ident:
			out = append(out, f.Name)
		case *ast.SelectorExpr:
			if x, ok := f.X.(*ast.Ident); ok {
				out = append(out, x.Name+"."+f.Sel.Name)
			}
		}
		return true
	})
	return out
}
