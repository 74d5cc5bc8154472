package main

import (
	"context"
	"fmt"
	"net/url"
	"os"

	"github.com/jackc/pgx/v5"
)

// postgresSet gives a company in a database of the server, which is made anew each time: the server is of this run.
func postgresSet(ctx context.Context, base string, r *report, n int) (dataSet, error) {
	name := fmt.Sprintf("bench_%d", n)
	if err := onServer(ctx, base, "DROP DATABASE IF EXISTS "+name, "CREATE DATABASE "+name); err != nil {
		return dataSet{}, err
	}
	dir, err := os.MkdirTemp("", "kezhi-bench-")
	if err != nil {
		return dataSet{}, err
	}
	u, err := url.Parse(base)
	if err != nil {
		return dataSet{}, err
	}
	u.Path = "/" + name
	if err := makeMillion(ctx, dir, u.String(), r, n); err != nil {
		return dataSet{}, err
	}
	at := dataSet{dir: dir, dsn: u.String()}
	at.fresh = func() (dataSet, func(), error) {
		return at, func() {
			_ = os.RemoveAll(dir)
			_ = onServer(context.WithoutCancel(ctx), base, "DROP DATABASE IF EXISTS "+name)
		}, nil
	}
	return at, nil
}

func onServer(ctx context.Context, base string, statements ...string) error {
	c, err := pgx.Connect(ctx, base)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close(context.WithoutCancel(ctx)) }()
	for _, s := range statements {
		if _, err := c.Exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
