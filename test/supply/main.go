// Command supply looks at everything the product is made of besides its own code: the Go modules linked into the binary and the
// npm packages bundled into the web UI. It fails on a licence that is not on the list of permissive ones and on a known
// vulnerability, and writes what there is as CycloneDX (--sbom FILE). Where a database of vulnerabilities cannot be reached it says
// so and goes on: a closed network must be able to build.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The tool that knows vulnerabilities of Go, and whether its database can be reached.
const (
	govulncheck = "golang.org/x/vuln/cmd/govulncheck@v1.9.0"
	vulnIndex   = "https://vuln.go.dev/index/db.json"
)

func main() {
	sbom := flag.String("sbom", "", "where to write the bill of materials")
	lock := flag.String("lock", filepath.Join("web", "package-lock.json"), "the lock file of the web UI")
	flag.Parse()
	if err := run(context.Background(), *sbom, *lock, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "supply:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, sbom, lock string, out io.Writer) error {
	goParts, err := goModules(ctx)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(lock)
	if err != nil {
		return err
	}
	npmParts, err := npmPackages(text)
	if err != nil {
		return err
	}
	parts := slices.Concat(goParts, npmParts)
	if sbom != "" {
		if err := writeSBOM(sbom, parts); err != nil {
			return err
		}
	}
	wrong := refused(parts)
	for _, p := range wrong {
		fmt.Fprintf(out, "LICENCE  %s %s: %s\n", p.Name, p.Version, cmpOr(p.Licence, "none found"))
	}
	fmt.Fprintf(out, "licences: %d Go modules, %d npm packages, %d refused\n", len(goParts), len(npmParts), len(wrong))
	failed := errors.Join(vulnerableGo(ctx, out), vulnerableNPM(ctx, out, filepath.Dir(lock)))
	if len(wrong) > 0 {
		failed = errors.Join(failed, fmt.Errorf("%d licences are not permissive", len(wrong)))
	}
	return failed
}

func cmpOr(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// goModules lists the modules whose packages are in the binary, with their licences.
func goModules(ctx context.Context) ([]part, error) {
	list, err := exec.CommandContext(ctx, "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/kezhi").Output()
	if err != nil {
		return nil, fmt.Errorf("listing modules: %w", err)
	}
	seen := map[string]bool{}
	var out []part
	for line := range strings.Lines(string(list)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 || seen[f[0]] {
			continue
		}
		seen[f[0]] = true
		licence, err := licenceIn(f[2])
		if err != nil {
			return nil, err
		}
		out = append(out, part{Kind: "golang", Name: f[0], Version: f[1], Licence: licence})
	}
	if len(out) == 0 {
		return nil, errors.New("no modules were found; run it at the root of the repository")
	}
	return out, nil
}

// licenceIn gives the licence of the text in a module's folder, "" when there is none that is known.
func licenceIn(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		name := strings.ToLower(e.Name())
		if e.IsDir() || !strings.HasPrefix(name, "licen") && !strings.HasPrefix(name, "copying") && !strings.HasPrefix(name, "unlicense") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", err
		}
		if l := licenceOf(string(text)); l != "" {
			return l, nil
		}
	}
	return "", nil
}

// vulnerableGo asks for known vulnerabilities in what the binary calls.
func vulnerableGo(ctx context.Context, out io.Writer) error {
	if !reachable(ctx, vulnIndex) {
		fmt.Fprintln(out, "vulnerabilities, Go: NOT CHECKED, vuln.go.dev cannot be reached")
		return nil
	}
	cmd := exec.CommandContext(ctx, "go", "run", govulncheck, "./cmd/kezhi")
	cmd.Stdout, cmd.Stderr = out, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("govulncheck: %w", err)
	}
	return nil
}

func reachable(ctx context.Context, url string) bool {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// vulnerableNPM asks the registry for known vulnerabilities in what is bundled.
func vulnerableNPM(ctx context.Context, out io.Writer, dir string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "npm", "audit", "--omit=dev", "--json", "--fetch-retries=0", "--fetch-timeout=10000")
	cmd.Dir = dir
	text, err := cmd.Output()
	found, checked := npmAudit(text)
	switch {
	case !checked:
		fmt.Fprintln(out, "vulnerabilities, npm: NOT CHECKED, the registry does not answer an audit")
		return nil
	case found > 0:
		return fmt.Errorf("npm audit: %d vulnerable packages; see npm --prefix %s audit --omit=dev", found, dir)
	case err != nil:
		return fmt.Errorf("npm audit: %w", err)
	}
	fmt.Fprintln(out, "vulnerabilities, npm: none known")
	return nil
}

// npmAudit reads the answer of npm audit; checked is false when it is none.
func npmAudit(text []byte) (found int, checked bool) {
	var answer struct {
		Metadata *struct {
			Vulnerabilities struct{ Total int }
		}
	}
	if json.Unmarshal(text, &answer) != nil || answer.Metadata == nil {
		return 0, false
	}
	return answer.Metadata.Vulnerabilities.Total, true
}
