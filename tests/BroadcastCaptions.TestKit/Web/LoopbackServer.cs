using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BroadcastCaptions.TestKit.Web;

/// <summary>How the server answers one request, well or badly.</summary>
/// <param name="Body">What it gives.</param>
public sealed record Answer(byte[] Body)
{
    /// <summary>The status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Gives all of it where a part was asked for.</summary>
    public bool IgnoresRange { get; init; }

    /// <summary>Breaks off after so many bytes.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Where it would break off, it holds the connection and is silent.</summary>
    public bool Stalls { get; init; }

    /// <summary>The length that it says; null: the true one.</summary>
    public int? ClaimedLength { get; init; }

    /// <summary>Where it redirects to.</summary>
    public Uri? Location { get; init; }

    /// <summary>The version of the file, in its quotation marks.</summary>
    public string? ETag { get; init; }

    /// <summary>Gives the rest of another version than the one that was asked for.</summary>
    public bool IgnoresIfRange { get; init; }

    /// <summary>Says no length, and ends with the connection.</summary>
    public bool HidesLength { get; init; }

    /// <summary>More lines of the head: "Retry-After: 1".</summary>
    public string[] Head { get; init; } = [];

    /// <summary>Status of an answer to HEAD; null: as to GET.</summary>
    public int? HeadStatus { get; init; }
}

/// <summary>A request that came, and where the range that it asked for begins.</summary>
/// <param name="Path">Its path, without the first slash; of a request to a proxy, the whole address.</param>
/// <param name="From">First byte; null: all was asked for.</param>
public sealed record Asked(string Path, int? From);

/// <summary>What a request said beside its path.</summary>
/// <param name="Path">Its path, as in <see cref="Asked"/>.</param>
/// <param name="Method">GET or HEAD.</param>
/// <param name="IfRange">The version that a range was asked of.</param>
/// <param name="Authorization">Who it said to be.</param>
public sealed record AskedHead(string Path, string Method, string? IfRange, string? Authorization);

/// <summary>A web server on the loopback interface that misbehaves on order.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Answer>> _answers = new();
    private readonly ConcurrentQueue<Asked> _asked = new();
    private readonly ConcurrentQueue<AskedHead> _heads = new();
    private readonly Task _loop;

    /// <summary>Begins to listen, on a free port.</summary>
    public LoopbackServer()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    /// <summary>Every GET.</summary>
    public IReadOnlyList<Asked> Asked => [.. _asked];

    /// <summary>Every request, HEAD included.</summary>
    public IReadOnlyList<AskedHead> Heads => [.. _heads];

    /// <summary>The address of a path.</summary>
    public Uri Address(string path) => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{path}");

    /// <summary>The answers to successive requests; the last one stays.</summary>
    public void On(string path, params IEnumerable<Answer> answers) => _answers[path] = new ConcurrentQueue<Answer>(answers);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop; // before the listener stops: asked to accept after that, it throws another exception
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true) clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            var head = await ReadHeadAsync(stream);
            var (method, path) = (head.Split(' ')[0], head.Split(' ')[1].TrimStart('/'));
            var range = Line(head, "Range: bytes=");
            int? from = range is null ? null : int.Parse(range.Split('-')[0], CultureInfo.InvariantCulture);
            _heads.Enqueue(new AskedHead(path, method, Line(head, "If-Range: "), Line(head, "Authorization: ")));
            if (method == "HEAD")
            {
                await AnswerAsync(stream, Peek(path), null, withBody: false);
                return;
            }

            _asked.Enqueue(new Asked(path, from));
            var answer = Next(path);
            if (Line(head, "If-Range: ") is { } version && version != answer.ETag && !answer.IgnoresIfRange) from = null;
            await AnswerAsync(stream, answer, from, withBody: true);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // the client left
        }
    }

    private static string? Line(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    private Answer Peek(string path) =>
        _answers.TryGetValue(path, out var queue) && queue.TryPeek(out var answer) ? answer with { Status = answer.HeadStatus ?? answer.Status } : new Answer([]) { Status = 404 };

    private Answer Next(string path)
    {
        if (!_answers.TryGetValue(path, out var queue)) return new Answer([]) { Status = 404 };
        queue.TryPeek(out var answer);
        if (queue.Count > 1) queue.TryDequeue(out _);
        return answer!;
    }

    private async Task AnswerAsync(NetworkStream stream, Answer answer, int? from, bool withBody)
    {
        var isRest = from is not null && !answer.IgnoresRange && answer.Status == 200;
        if (isRest && from == answer.Body.Length)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 416 X\r\nConnection: close\r\nContent-Length: 0\r\nContent-Range: bytes */{from}\r\n\r\n"), _stop.Token);
            return;
        }

        var body = isRest ? answer.Body[Math.Min(from!.Value, answer.Body.Length)..] : answer.Body;
        var head = new StringBuilder($"HTTP/1.1 {(isRest ? 206 : answer.Status)} X\r\nConnection: close\r\n");
        if (!answer.HidesLength) head.Append($"Content-Length: {answer.ClaimedLength ?? body.Length}\r\n");
        if (answer.ETag is not null) head.Append($"ETag: {answer.ETag}\r\n");
        foreach (var line in answer.Head) head.Append($"{line}\r\n");
        if (isRest) head.Append($"Content-Range: bytes {from}-{answer.Body.Length - 1}/{answer.Body.Length}\r\n");
        if (answer.Location is not null) head.Append($"Location: {answer.Location}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
        if (!withBody) return;
        await stream.WriteAsync(body.AsMemory(0, Math.Min(answer.CutAfter ?? body.Length, body.Length)), _stop.Token);
        if (answer.Stalls) await Task.Delay(Timeout.Infinite, _stop.Token);
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0) throw new IOException();
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
