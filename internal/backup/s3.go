package backup

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"kezhi/internal/errs"
	"kezhi/internal/outbound"
)

// s3Part is how much of an object is held in memory while it is sent, in bytes; objects may have 10,000 parts.
const s3Part = 32 << 20

// bucket is a Place in an S3-compatible store.
type bucket struct {
	client *minio.Client
	name   string
	prefix string
}

func openS3(ctx context.Context, rest string, c S3) (Place, error) {
	secret, err := secretOf(c.Secret, c.SecretFile)
	if err != nil {
		return nil, err
	}
	name, prefix, _ := strings.Cut(rest, "/")
	b := &bucket{name: name, prefix: strings.Trim(prefix, "/")}
	transport, err := c.transport()
	if err != nil {
		return nil, err
	}
	b.client, err = minio.New(c.Endpoint, &minio.Options{
		Creds: credentials.NewStaticV4(c.AccessKey, secret, ""), Secure: !c.Plain, Region: c.Region, Transport: transport,
	})
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "backup.place", "place", b.String(), "problem", err.Error())
	}
	ok, err := b.client.BucketExists(ctx, name)
	if err != nil {
		return nil, b.failed(err)
	}
	if !ok {
		return nil, errs.New(errs.Invalid, "backup.no_bucket", "bucket", name)
	}
	return b, nil
}

// transport is that of the library, with the authority of one's own besides those of the system.
func (c S3) transport() (*http.Transport, error) {
	t, err := minio.DefaultTransport(!c.Plain)
	if err != nil {
		return nil, err
	}
	t.DialContext, t.Proxy = outbound.New(c.Outbound).DialContext, nil
	if c.CAFile == "" {
		return t, nil
	}
	pem, err := os.ReadFile(c.CAFile)
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "file.not_found", "path", c.CAFile)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, errs.New(errs.Invalid, "backup.certificate", "path", c.CAFile)
	}
	t.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	return t, nil
}

func (b *bucket) String() string { return "s3://" + path.Join(b.name, b.prefix) }

func (b *bucket) key(name string) string { return strings.TrimPrefix(b.prefix+"/"+name, "/") }

func (b *bucket) failed(err error) error {
	return errs.Wrap(err, errs.Unavailable, "backup.place", "place", b.String(), "problem", err.Error())
}

func (b *bucket) Put(ctx context.Context, name string, r io.Reader) error {
	_, err := b.client.PutObject(ctx, b.name, b.key(name), r, -1, minio.PutObjectOptions{PartSize: s3Part, ContentType: "application/octet-stream"})
	if err != nil {
		return b.failed(err)
	}
	return nil
}

func (b *bucket) Get(ctx context.Context, name string) (io.ReadCloser, error) {
	o, err := b.client.GetObject(ctx, b.name, b.key(name), minio.GetObjectOptions{})
	if err == nil {
		_, err = o.Stat() // nothing is asked before the first read
	}
	if minio.ToErrorResponse(err).Code == "NoSuchKey" {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, b.failed(err)
	}
	return o, nil
}

func (b *bucket) List(ctx context.Context, prefix string) ([]Object, error) {
	var out []Object
	for o := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.key(prefix), Recursive: true}) {
		if o.Err != nil {
			return nil, b.failed(o.Err)
		}
		name := strings.TrimPrefix(strings.TrimPrefix(o.Key, b.prefix), "/")
		out = append(out, Object{name, o.Size, o.LastModified})
	}
	return out, nil
}

func (b *bucket) Delete(ctx context.Context, name string) error {
	if err := b.client.RemoveObject(ctx, b.name, b.key(name), minio.RemoveObjectOptions{}); err != nil {
		return b.failed(err)
	}
	return nil
}
