#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H
// What Swift's Glibc module does not offer: epoll, eventfd and accept4.
// No _GNU_SOURCE: with it <sys/select.h> differs from the one in Swift's Glibc module, and the compiler says so.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

static inline int clinux_accept4(int descriptor, struct sockaddr *peer, socklen_t *length, int flags) {
    extern int accept4(int, struct sockaddr *, socklen_t *, int);
    return accept4(descriptor, peer, length, flags);
}

// The kernel's struct epoll_event is packed on x86 and carries a union with a pointer: both stay on this side.
struct clinux_event {
    int descriptor;
    unsigned int flags;
};

enum { CLINUX_EVENTS_AT_ONCE = 256 };

static inline int clinux_epoll_set(int epoll, int operation, int descriptor, unsigned int flags) {
    struct epoll_event event = {.events = flags, .data = {.fd = descriptor}};
    return epoll_ctl(epoll, operation, descriptor, &event);
}

// Fills in at most CLINUX_EVENTS_AT_ONCE events.
static inline int clinux_epoll_wait(int epoll, struct clinux_event *events, int milliseconds) {
    struct epoll_event ready[CLINUX_EVENTS_AT_ONCE];
    int count = epoll_wait(epoll, ready, CLINUX_EVENTS_AT_ONCE, milliseconds);
    for (int index = 0; index < count; index++) {
        events[index].descriptor = ready[index].data.fd;
        events[index].flags = ready[index].events;
    }
    return count;
}
#endif
