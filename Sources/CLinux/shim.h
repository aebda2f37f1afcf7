#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H
// What Swift's Glibc module does not offer: epoll, eventfd and accept4.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

static inline int clinux_accept4(int descriptor, int flags) {
    extern int accept4(int, struct sockaddr *, socklen_t *, int);
    return accept4(descriptor, 0, 0, flags);
}
#endif
