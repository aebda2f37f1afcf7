// Measures how long a program takes from being started to the first byte of its first answer.
//
// Starts the command, with a free port in place of the argument PORT, and asks for /healthz until it answers. Prints
// the milliseconds between the fork and the first byte of the answer.
//
// Usage: first-answer COMMAND ARGUMENT...
#define _GNU_SOURCE
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const double patience = 10000;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static struct sockaddr_in freeAddress(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    int probe = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(probe, (struct sockaddr *)&address, size)) exit(1);
    if (getsockname(probe, (struct sockaddr *)&address, &size)) exit(1);
    close(probe);
    return address;
}

static int isAnswered(const struct sockaddr_in *address) {
    static const char request[] = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    char byte;
    int client = socket(AF_INET, SOCK_STREAM, 0);
    int answered = !connect(client, (const struct sockaddr *)address, sizeof *address)
        && write(client, request, sizeof request - 1) > 0 && read(client, &byte, 1) == 1;
    close(client);
    return answered;
}

int main(int count, char **arguments) {
    if (count < 2) {
        fputs("usage: first-answer COMMAND ARGUMENT...\n", stderr);
        return 2;
    }
    struct sockaddr_in address = freeAddress();
    char port[8];
    snprintf(port, sizeof port, "%d", ntohs(address.sin_port));
    for (int index = 1; index < count; index++) {
        if (!strcmp(arguments[index], "PORT")) arguments[index] = port;
    }
    double start = now();
    pid_t child = fork();
    if (child == 0) {
        // Ours is the only line of output.
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execv(arguments[1], arguments + 1);
        _exit(127);
    }
    int isUp = 0, isGone = 0, status;
    // A refused connection costs the machine 30 microseconds; a pause keeps that off the program's own core.
    while (!(isUp = isAnswered(&address)) && now() - start < patience) {
        if ((isGone = waitpid(child, &status, WNOHANG) != 0)) break;
        nanosleep(&(struct timespec){.tv_nsec = 50000}, NULL);
    }
    double end = now();
    if (!isGone) {
        kill(child, SIGTERM);
        waitpid(child, &status, 0);
    }
    if (!isUp) {
        fputs("first-answer: it never answered\n", stderr);
        return 1;
    }
    printf("%.2f\n", end - start);
    return 0;
}
