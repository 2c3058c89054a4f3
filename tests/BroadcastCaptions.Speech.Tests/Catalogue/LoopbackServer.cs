using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>How the server answers one request, well or badly.</summary>
internal sealed record Answer(byte[] Body)
{
    public int Status { get; init; } = 200;
    public bool IgnoresRange { get; init; }
    /// <summary>Breaks off after so many bytes.</summary>
    public int? CutAfter { get; init; }
    /// <summary>Where it would break off, it holds the connection and is silent.</summary>
    public bool Stalls { get; init; }
    public int? ClaimedLength { get; init; }
    public Uri? Location { get; init; }
}

/// <summary>A request that came, and where the range that it asked for begins.</summary>
internal sealed record Asked(string Path, int? From);

/// <summary>A web server on the loopback interface that misbehaves on order.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Answer>> _answers = new();
    private readonly ConcurrentQueue<Asked> _asked = new();
    private readonly Task _loop;

    public LoopbackServer()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    public IReadOnlyList<Asked> Asked => [.. _asked];

    public Uri Address(string path) => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{path}");

    /// <summary>The answers to successive requests; the last one stays.</summary>
    public void On(string path, params IEnumerable<Answer> answers) => _answers["/" + path] = new ConcurrentQueue<Answer>(answers);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
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
            var path = head.Split(' ')[1];
            var range = head.Split("Range: bytes=");
            int? from = range.Length > 1 ? int.Parse(range[1].Split('-')[0], CultureInfo.InvariantCulture) : null;
            _asked.Enqueue(new Asked(path.TrimStart('/'), from));
            await AnswerAsync(stream, Next(path), from);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // the client left
        }
    }

    private Answer Next(string path)
    {
        if (!_answers.TryGetValue(path, out var queue)) return new Answer([]) { Status = 404 };
        queue.TryPeek(out var answer);
        if (queue.Count > 1) queue.TryDequeue(out _);
        return answer!;
    }

    private async Task AnswerAsync(NetworkStream stream, Answer answer, int? from)
    {
        var isRest = from is not null && !answer.IgnoresRange && answer.Status == 200;
        var body = isRest ? answer.Body[Math.Min(from!.Value, answer.Body.Length)..] : answer.Body;
        var head = new StringBuilder($"HTTP/1.1 {(isRest ? 206 : answer.Status)} X\r\nConnection: close\r\n");
        head.Append($"Content-Length: {answer.ClaimedLength ?? body.Length}\r\n");
        if (isRest) head.Append($"Content-Range: bytes {from}-{answer.Body.Length - 1}/{answer.Body.Length}\r\n");
        if (answer.Location is not null) head.Append($"Location: {answer.Location}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
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
