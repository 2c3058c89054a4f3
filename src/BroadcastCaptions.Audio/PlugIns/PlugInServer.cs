using System.Text;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.Bridge.Places;
using BroadcastCaptions.Bridge.Wires;
using BroadcastCaptions.Control;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.PlugIns;

/// <summary>
/// Where the plug-in's taps come to: a place of this user alone. Each source becomes a tap, once; a source that comes back goes on with the
/// one it had. Thread-safe.
/// </summary>
public sealed class PlugInServer : IAsyncDisposable
{
    /// <summary>Sources of one session: more than anyone reads.</summary>
    public const int MostSources = 16;

    private const string Component = "plugin";
    private const string Waiting = "Waits for OBS: add the filter \"BroadcastCaptions\" to a source there ('captions plugin install', if it is not in the list).";

    private readonly MediaClock _clock;
    private readonly Action<IAudioTap> _joined;
    private readonly Action<ControlMessage> _send;
    private readonly Action<ComponentState> _report;
    private readonly Lock _lock = new();
    private readonly List<PlugInTap> _taps = [];
    private readonly List<PlugInConnection> _connections = [];
    private readonly CancellationTokenSource _stop = new();
    private IBridgeListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>A server that does not listen yet.</summary>
    /// <param name="clock">The session's.</param>
    /// <param name="joined">Gets each new tap, started; any thread.</param>
    /// <param name="send">Gets what is on air, what sources are called, and the user's commands.</param>
    /// <param name="report">Told how it stands, as the component "plugin".</param>
    public PlugInServer(MediaClock clock, Action<IAudioTap> joined, Action<ControlMessage> send, Action<ComponentState> report) =>
        (_clock, _joined, _send, _report) = (clock, joined, send, report);

    /// <summary>Listens.</summary>
    /// <param name="place">Where; null for the user's own place.</param>
    /// <exception cref="CaptionsException">It cannot: another captioner does, or the place is no good.</exception>
    public void Start(string? place = null)
    {
        place ??= BridgePlace.Ours;
        try
        {
            _listener = BridgePlace.Listen(place);
        }
        catch (BridgeTakenException e)
        {
            throw new CaptionsException("Another captioner listens to the plug-in already.", "Stop it first: it may be the one that OBS started.", ExitCode.Failed, inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var remedy = OperatingSystem.IsWindows() ? $"Name another pipe by {BridgePlace.Variable}." : $"Make the folder {Path.GetDirectoryName(place)} writable for you alone, or name another by {BridgePlace.Variable}.";
            throw new CaptionsException($"The bridge to OBS cannot be opened at {place}: {e.Message}", remedy, inner: e);
        }

        _accepting = Task.Run(AcceptAsync);
        Report();
    }

    /// <summary>Tells plug-ins what viewers read.</summary>
    internal void Send(CaptionTextKind kind, string sourceId, string text)
    {
        lock (_lock)
        {
            var label = _taps.Find(tap => tap.Source.Id == sourceId)?.Source.Label ?? sourceId;
            foreach (var connection in _connections) connection.Send(kind, label, text);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener?.Dispose();
        await _accepting;
        PlugInConnection[] connections;
        lock (_lock) connections = [.. _connections];
        foreach (var connection in connections) await connection.DisposeAsync();
        _stop.Dispose();
    }

    internal void Clear() => _send(new Clear());

    internal static AudioSource Describe(SourceIdentity identity)
    {
        var label = Encoding.UTF8.GetString(identity.Label.IsEmpty ? identity.Name : identity.Label);
        var colour = Encoding.UTF8.GetString(identity.Colour);
        return new AudioSource(TapSpecParser.Id(Encoding.UTF8.GetString(identity.Id)), label, IsColour(colour) ? colour : null, LanguageOf(Encoding.UTF8.GetString(identity.Language)));
    }

    /// <summary>The tap that a source's connection feeds: the one it had, or a new one.</summary>
    /// <exception cref="BridgeException">There are too many.</exception>
    internal PlugInTap Admit(AudioSource source, string where)
    {
        PlugInTap tap;
        bool isNew;
        lock (_lock)
        {
            var id = source.Id;
            for (var number = 2; _taps.Exists(other => other.Source.Id == id && other.IsConnected); number++) id = $"{source.Id}-{number}";
            source = source with { Id = id };
            isNew = _taps.Find(other => other.Source.Id == id) is null;
            if (isNew && _taps.Count == MostSources) throw new BridgeException(GoodbyeReason.NotWanted, $"There are {MostSources} sources already.");
            tap = isNew ? new PlugInTap(source, _clock, _send) : _taps.Find(other => other.Source.Id == id)!;
            if (isNew) _taps.Add(tap);
            tap.Begin(source, where);
        }

        _send(new SourceChanged(source));
        if (isNew) _joined(tap);
        Report();
        return tap;
    }

    internal void Rename(PlugInTap tap, AudioSource source)
    {
        source = source with { Id = tap.Source.Id };
        if (source == tap.Source) return;
        tap.Rename(source);
        _send(new SourceChanged(source));
    }

    internal void Refused(string why) => _report(new ComponentState(Component, Health.Degraded, why, "Run 'captions plugin install', and restart OBS."));

    internal void Ended(PlugInConnection connection)
    {
        lock (_lock) _connections.Remove(connection);
        if (connection.Tap is not null) Report();
    }

    // "pt-BR" → "pt": models know languages, not regions.
    private static string? LanguageOf(string tag) => tag.Split('-')[0] is { Length: > 0 } language ? language.ToLowerInvariant() : null;

    private static bool IsColour(string text) => text.Length == 7 && text[0] == '#' && text.Skip(1).All(char.IsAsciiHexDigit);

    private void Report()
    {
        string[] names;
        lock (_lock) names = [.. _taps.Where(tap => tap.IsConnected).Select(tap => tap.Source.Label)];
        _report(names.Length == 0
            ? new ComponentState(Component, Health.Waiting, Waiting)
            : new ComponentState(Component, Health.Ok, $"OBS sends {string.Join(", ", names)}."));
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (await _listener!.AcceptAsync(_stop.Token) is { } wire)
                    lock (_lock) _connections.Add(new PlugInConnection(wire, this, _clock));
                else Refused("A program of another user tried to reach the bridge, and was sent away.");
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Refused($"The bridge does not take connections at the moment: {e.Message}");
                await Task.Delay(TimeSpan.FromSeconds(1), _clock.Provider);
            }
        }
    }
}
