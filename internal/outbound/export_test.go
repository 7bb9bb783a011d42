package outbound

import (
	"crypto/x509"
	"net/http"
)

// NewClientWith also takes the authorities that certificates are checked by.
func NewClientWith(d *Dialer, opts Options, roots *x509.CertPool) *http.Client {
	return newClient(d, opts, roots)
}
