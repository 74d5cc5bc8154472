package outbound

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// ErrTooLong is the error of reading an answer beyond its limit.
var ErrTooLong = errors.New("outbound: the answer is too long")

// maxHeaders bounds the headers of an answer, in bytes.
const maxHeaders = 64 << 10

// Transport gives a transport that connects through the guard and knows no proxy, for libraries that bring a client of their own.
func (g *Guard) Transport() *http.Transport {
	return &http.Transport{
		DialContext: g.DialContext, TLSHandshakeTimeout: dialTimeout, ResponseHeaderTimeout: time.Minute, ExpectContinueTimeout: time.Second,
		IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: maxHeaders, MaxIdleConnsPerHost: 4, ForceAttemptHTTP2: true,
	}
}

// Client gives a client that follows no redirect, ends after a time, and gives ErrTooLong for what is beyond most bytes of an answer.
func (g *Guard) Client(timeout time.Duration, most int64) *http.Client {
	return ClientOver(g.Transport(), timeout, most)
}

// ClientOver is Client over a transport of the guard that knows an authority of one's own.
func ClientOver(t *http.Transport, timeout time.Duration, most int64) *http.Client {
	return &http.Client{
		Timeout: timeout, Transport: bounded{t, most},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// bounded cuts answers off.
type bounded struct {
	next http.RoundTripper
	most int64
}

// RoundTrip is of http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := b.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	res.Body = &cutOff{res.Body, b.most}
	return res, nil
}

type cutOff struct {
	io.ReadCloser
	left int64
}

// Read gives what is left of the limit, then ErrTooLong where there is more.
func (c *cutOff) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.ReadCloser.Read(p)
	if int64(n) > c.left {
		return int(c.left), ErrTooLong
	}
	c.left -= int64(n)
	return n, err
}
