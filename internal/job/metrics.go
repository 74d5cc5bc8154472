package job

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	jobsDesc   = prometheus.NewDesc("kezhi_jobs", "Jobs by state; failed ones of the last seven days.", []string{"state"}, nil)
	oldestDesc = prometheus.NewDesc("kezhi_jobs_oldest_due_seconds", "For how long the job that is due longest has been waiting; 0 when none is.", nil, nil)
)

// Describe is of prometheus.Collector.
func (s *Queue) Describe(ch chan<- *prometheus.Desc) {
	ch <- jobsDesc
	ch <- oldestDesc
}

// Collect is of prometheus.Collector: it counts in the database, so that every process shows the same.
func (s *Queue) Collect(ch chan<- prometheus.Metric) {
	l, err := s.Load(context.Background())
	if err != nil {
		ch <- prometheus.NewInvalidMetric(jobsDesc, err)
		return
	}
	for state, n := range map[State]int64{Waiting: l.Waiting, Running: l.Running, Failed: l.Failed} {
		ch <- prometheus.MustNewConstMetric(jobsDesc, prometheus.GaugeValue, float64(n), string(state))
	}
	age := 0.0
	if !l.Oldest.IsZero() {
		age = s.now().Sub(l.Oldest).Seconds()
	}
	ch <- prometheus.MustNewConstMetric(oldestDesc, prometheus.GaugeValue, age)
}
