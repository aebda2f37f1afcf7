// Opens connections, asks once for /healthz on each, and holds them open and idle until it is killed.
//
// Usage: hold PORT COUNT    prints COUNT once all are open and answered.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char *what) {
    perror(what);
    exit(1);
}

int main(int argumentCount, char **arguments) {
    static const char request[] = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    if (argumentCount != 3) {
        fputs("usage: hold PORT COUNT\n", stderr);
        return 2;
    }
    int count = atoi(arguments[2]);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    rlim_t needed = (rlim_t)count + 16;
    if (files.rlim_cur < needed) files.rlim_cur = needed;
    if (files.rlim_max < needed) files.rlim_max = needed;
    if (setrlimit(RLIMIT_NOFILE, &files)) fail("hold: more files than this user may open");

    struct sockaddr_in server = {
        .sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_port = htons(atoi(arguments[1]))};
    for (int index = 0; index < count; index++) {
        char answer[4096];
        int client = socket(AF_INET, SOCK_STREAM, 0);
        if (client < 0 || connect(client, (struct sockaddr *)&server, sizeof server)) fail("hold: connect");
        if (write(client, request, sizeof request - 1) < 0) fail("hold: write");
        if (read(client, answer, sizeof answer) < 12 || strncmp(answer, "HTTP/1.1 200", 12)) fail("hold: no 200");
    }
    printf("%d\n", count);
    fflush(stdout);
    for (;;) pause();
}
