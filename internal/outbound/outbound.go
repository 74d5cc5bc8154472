package outbound

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"kezhi/internal/errs"
)

// ErrRefused is in the error of a connection that the guard did not let out.
var ErrRefused = errors.New("outbound: the address is not public and not allowed")

// Config says which servers in the house may be reached. Nothing listed = only the public internet.
type Config struct {
	// Allow holds host names (mail.corp.example), all names below one (.corp.example), addresses and networks (10.1.0.0/16).
	Allow []string `yaml:"allow"`
}

// FromEnvironment takes KEZHI_OUTBOUND_ALLOW, a list with commas, in place of the file's.
func (c *Config) FromEnvironment(get func(string) string) {
	if v := get("KEZHI_OUTBOUND_ALLOW"); v != "" {
		c.Allow = strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' })
	}
}

// Validate gives every entry that is neither a name nor an address nor a network.
func (c Config) Validate() error {
	var v errs.Validation
	for i, entry := range c.Allow {
		_, isNet := prefixOf(entry)
		v.Check(isNet || hostLike(entry), fmt.Sprintf("outbound.allow.%d", i), "config.outbound_allow", "value", entry)
	}
	return v.Err()
}

func hostLike(s string) bool {
	s = strings.TrimPrefix(s, ".")
	if s == "" || strings.ContainsAny(s, ":/ *@") || strings.Contains(s, "..") {
		return false
	}
	return strings.Trim(s, "0123456789.") != "" // what is all digits is an address that is none
}

func prefixOf(s string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p.Masked(), true
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil || a.Zone() != "" {
		return netip.Prefix{}, false
	}
	a = a.Unmap()
	return netip.PrefixFrom(a, a.BitLen()), true
}

// never is refused whatever is allowed: where clouds tell their machines secrets, and what is meant for one cable only.
var never = []netip.Prefix{
	netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("fe80::/10"), netip.MustParsePrefix("fd00:ec2::254/128"),
	netip.MustParsePrefix("100.100.100.200/32"), netip.MustParsePrefix("168.63.129.16/32"), netip.MustParsePrefix("192.0.0.192/32"),
}

// inHouse is what a name that the administrator listed may lead to besides the public internet.
var inHouse = []string{"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7"}

// Guard decides which addresses may be connected to.
type Guard struct {
	hosts    []string
	stranger *ssrf.Guardian // for names and addresses nobody listed
	listed   *ssrf.Guardian // for listed names
	resolver *net.Resolver  // nil = the system's; tests bring their own
}

// New makes a guard. Entries that Validate refuses allow nothing.
func New(c Config) *Guard {
	g := &Guard{}
	var nets, house []netip.Prefix
	for _, entry := range c.Allow {
		if p, ok := prefixOf(entry); ok {
			nets = append(nets, p)
		} else if hostLike(entry) {
			g.hosts = append(g.hosts, strings.ToLower(strings.TrimSuffix(entry, ".")))
		}
	}
	for _, p := range inHouse {
		house = append(house, netip.MustParsePrefix(p))
	}
	g.stranger, g.listed = guardian(nets), guardian(append(house, nets...))
	return g
}

func guardian(allow []netip.Prefix) *ssrf.Guardian {
	var v4, v6 []netip.Prefix
	for _, p := range allow {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	return ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...))
}

func (g *Guard) lists(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, h := range g.hosts {
		if host == h || strings.HasPrefix(h, ".") && strings.HasSuffix(host, h) {
			return true
		}
	}
	return false
}

// control is called with the address the connection goes to, after the name was resolved and before anything is sent.
func (g *Guard) control(rules *ssrf.Guardian) func(string, string, syscall.RawConn) error {
	return func(network, address string, raw syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %s", ErrRefused, address)
		}
		ip := to.Addr().Unmap().WithZone("")
		for _, p := range never {
			if p.Contains(ip) {
				return fmt.Errorf("%w: %s", ErrRefused, ip)
			}
		}
		if rules.Safe(network, netip.AddrPortFrom(ip, to.Port()).String(), raw) != nil {
			return fmt.Errorf("%w: %s", ErrRefused, ip)
		}
		return nil
	}
}

// dialTimeout bounds resolving a name and connecting, over all its addresses.
const dialTimeout = 10 * time.Second

// DialContext connects to host:port if the guard lets it. Its errors wrap ErrRefused when it does not.
func (g *Guard) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if network != "tcp" && network != "tcp4" && network != "tcp6" {
		return nil, fmt.Errorf("%w: %s", ErrRefused, network)
	}
	rules := g.stranger
	if g.lists(host) {
		rules = g.listed
	}
	d := net.Dialer{Timeout: dialTimeout, Resolver: g.resolver, Control: g.control(rules)}
	return d.DialContext(ctx, network, address)
}
