// Sends an exact number of requests, as many at once as the connections and the pipelines take, and checks every
// status: to fill a store before a measurement, and for profilers, which are too slow for wrk.
//
// Usage: fill PORT KIND COUNT [CONNECTIONS [PIPELINE]]
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// A request of each kind: its head without the length, its body with the count in place of each %1$ld, and its status.
struct kind {
    const char *name, *head, *body;
    int status;
};
static const struct kind kinds[] = {
    {"seam", "POST /seam/user_identities/create HTTP/1.1\r\nAuthorization: Bearer seam_test_key\r\n",
     "{\"user_identity_key\":\"fill_%1$ld\",\"email_address\":\"fill.%1$ld@example.com\","
     "\"phone_number\":\"+2%1$010ld\",\"full_name\":\"Ada Lovelace\"}", 200},
    {"taken", "POST /seam/user_identities/create HTTP/1.1\r\nAuthorization: Bearer seam_test_key\r\n",
     "{\"user_identity_key\":\"taken\",\"email_address\":\"taken@example.com\","
     "\"phone_number\":\"+15555550110\"}", 200},
    {"sensay", "POST /sensay/v1/users HTTP/1.1\r\nX-ORGANIZATION-SECRET: sensay_test_secret\r\n",
     "{\"name\":\"Ada Lovelace\",\"email\":\"fill.%1$ld@example.com\",\"id\":\"bench-%1$ld\"}", 200},
    {"connect", "POST /connect/users HTTP/1.1\r\nX-API-Key: connect_test_key\r\n",
     "{\"name\":\"Ada Lovelace\",\"email\":\"fill.%1$ld@example.com\",\"msisdn\":\"+2%1$010ld\"}", 201},
    {"pulse", "POST /pulse/users HTTP/1.1\r\nAuthorization: Bearer pulse_test_token\r\nx-account-id: 2311\r\n",
     "{\"email\":\"fill.%1$ld@example.com\",\"name\":\"Ada Lovelace\"}", 201},
    {"healthz", "GET /healthz HTTP/1.1\r\n", "", 200},
};

enum { connectionLimit = 256, pipelineLimit = 64, requestSize = 1024, inputSize = 1 << 18 };

static void fail(const char *what, const char *detail) {
    fprintf(stderr, "fill: %s: %s\n", what, detail);
    exit(1);
}

static int writeRequest(char *to, const struct kind *kind, long number) {
    char body[requestSize / 2];
    int length = snprintf(body, sizeof body, kind->body, number);
    return snprintf(
        to, requestSize, "%sHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
        kind->head, length, body);
}

// Reads until all answers have come.
static void readAnswers(int socket, const struct kind *kind, int count) {
    static char input[inputSize];
    size_t received = 0;
    while (count > 0) {
        ssize_t more = read(socket, input + received, sizeof input - 1 - received);
        if (more <= 0) fail("the connection ended", kind->name);
        received += more;
        input[received] = 0;
        char *at = input, *end;
        while (count > 0 && (end = strstr(at, "\r\n\r\n"))) {
            char *length = strcasestr(at, "\r\nContent-Length:");
            if (!length || length > end || strncmp(at, "HTTP/1.1 ", 9)) fail("no answer of HTTP/1.1 with a length", at);
            end += 4 + atol(length + 17);
            if (end > input + received) break;
            if (atoi(at + 9) != kind->status) fail("an unexpected status", at);
            at = end;
            count--;
        }
        received -= at - input;
        memmove(input, at, received);
    }
}

int main(int argumentCount, char **arguments) {
    const struct kind *kind = NULL;
    for (size_t index = 0; argumentCount > 3 && index < sizeof kinds / sizeof *kinds; index++) {
        if (!strcmp(kinds[index].name, arguments[2])) kind = &kinds[index];
    }
    if (!kind) {
        fputs("usage: fill PORT seam|taken|sensay|connect|pulse|healthz COUNT [CONNECTIONS [PIPELINE]]\n", stderr);
        return 2;
    }
    long count = atol(arguments[3]), sent = 0;
    int connections = argumentCount > 4 ? atoi(arguments[4]) : 1;
    int pipeline = argumentCount > 5 ? atoi(arguments[5]) : 1;
    if (connections < 1 || connections > connectionLimit) fail("not so many connections", arguments[4]);
    if (pipeline < 1 || pipeline > pipelineLimit) fail("not so long a pipeline", arguments[5]);

    int sockets[connectionLimit], on = 1;
    struct sockaddr_in server = {
        .sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_port = htons(atoi(arguments[1]))};
    for (int index = 0; index < connections; index++) {
        sockets[index] = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(sockets[index], (struct sockaddr *)&server, sizeof server)) fail("no server", arguments[1]);
        setsockopt(sockets[index], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    while (sent < count) {
        int expected[connectionLimit] = {0};
        for (int index = 0; index < connections; index++) {
            static char output[pipelineLimit * requestSize];
            size_t length = 0;
            for (; expected[index] < pipeline && sent < count; expected[index]++) {
                length += writeRequest(output + length, kind, ++sent);
            }
            for (size_t written = 0; written < length;) {
                ssize_t more = write(sockets[index], output + written, length - written);
                if (more <= 0) fail("the connection ended", kind->name);
                written += more;
            }
        }
        for (int index = 0; index < connections; index++) readAnswers(sockets[index], kind, expected[index]);
    }
    return 0;
}
