using System.Collections.Concurrent;
using System.Text.Json;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.Product;

/// <summary>A running captioner: what it says on standard output, as JSON where it is, and on standard error.</summary>
public sealed class CaptionsProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly GuardedProcess _process;
    private readonly string _command;
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Task _reading;

    internal CaptionsProcess(GuardedProcess process, IReadOnlyList<string> arguments)
    {
        _process = process;
        _command = "captions " + string.Join(' ', arguments);
        _reading = Task.WhenAll(ReadOutputAsync(), ReadErrorsAsync());
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>The JSON objects on standard output so far, one a line.</summary>
    public IReadOnlyCollection<JsonElement> Events => _events;

    /// <summary>Standard error so far.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Has it ended?</summary>
    public bool HasExited => _process.Exited.IsCompleted;

    /// <summary>The events of a type so far: "final", "state", …</summary>
    public IEnumerable<JsonElement> Of(string type) => _events.Where(e => e.TryGetProperty("type", out var is_) && is_.GetString() == type);

    /// <summary>Waits until an event that fits has come; fails when the program ends before.</summary>
    public async Task<JsonElement> EventAsync(string type, Func<JsonElement, bool>? fits = null, string? what = null)
    {
        JsonElement? found = null;
        await Wait.UntilAsync(
            () =>
            {
                var ended = HasExited && _reading.IsCompleted;
                foreach (var e in Of(type))
                    if (fits?.Invoke(e) ?? true) found = e;
                if (found is null && ended) throw new InvalidOperationException($"It ended without {what ?? type}: {Describe()}");
                return found is not null;
            },
            Limit,
            $"{what ?? type} from {_command}");
        return found!.Value;
    }

    /// <summary>Waits until a part says that it is in a state: component "obs", health "ok".</summary>
    public Task<JsonElement> StateAsync(string component, string health) => EventAsync(
        "state",
        e => e.GetProperty("component").GetString()!.StartsWith(component, StringComparison.Ordinal) && e.GetProperty("health").GetString() == health,
        $"state {component} {health}");

    /// <summary>Sends a signal.</summary>
    public void Send(PosixSignalNumber signal) => _process.Send(signal);

    /// <summary>Presses Ctrl-C and waits for the end.</summary>
    public Task<CaptionsResult> InterruptAsync()
    {
        Send(PosixSignalNumber.Interrupt);
        return ResultAsync();
    }

    /// <summary>Waits for the end.</summary>
    public async Task<CaptionsResult> ResultAsync()
    {
        try
        {
            var code = await _process.Exited.WaitAsync(Limit);
            await _reading;
            return new CaptionsResult(code, string.Join('\n', _output), Errors, [.. _events]);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"It did not end: {Describe()}", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private string Describe() => $"{_command}\n{Errors}\n{string.Join('\n', _output.TakeLast(20))}";

    private async Task ReadOutputAsync()
    {
        await foreach (var line in _process.Output.ReadAllAsync())
        {
            _output.Enqueue(line);
            if (line.StartsWith('{') && TryParse(line) is { } json) _events.Enqueue(json);
        }
    }

    private async Task ReadErrorsAsync()
    {
        await foreach (var line in _process.Errors.ReadAllAsync()) _errors.Enqueue(line);
    }

    /// <summary>One JSON object a line; a document over several lines begins with a lone brace, and is no event.</summary>
    private static JsonElement? TryParse(string line)
    {
        try
        {
            return JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
