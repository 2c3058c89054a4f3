using System.Text.Json;
using System.Text.Json.Nodes;
using BroadcastCaptions.Obs.Protocol;

namespace BroadcastCaptions.Obs.Text;

/// <summary>
/// One captioner at a time a text source. Captioners speak to each other by OBS's custom events: who wants the source says
/// so, and whoever has it answers. No answer within <see cref="Patience"/>: nobody has it. So nothing stale is left by a
/// captioner that was killed, and one that waits takes over when the other leaves.
/// </summary>
internal sealed class SourceClaim
{
    /// <summary>How long an answer may take; it takes milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>How often one that waits asks again.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    private const string Key = "broadcastCaptions";

    private readonly ObsClient _client;
    private readonly string _source;
    private readonly TimeProvider _time;
    private readonly Action<bool> _decided;
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly long _since;
    private readonly Wake _wake = new();
    private volatile bool _outranked;
    private volatile bool _held;

    /// <param name="client">The connection on which the claim holds.</param>
    /// <param name="source">The text source.</param>
    /// <param name="since">When this captioner began: the older wins where two want it at once.</param>
    /// <param name="time">For waits.</param>
    /// <param name="decided">Told whether the source is ours, at each change and at least once.</param>
    public SourceClaim(ObsClient client, string source, DateTimeOffset since, TimeProvider time, Action<bool> decided)
    {
        (_client, _source, _time, _decided) = (client, source, time, decided);
        _since = since.ToUnixTimeMilliseconds();
    }

    /// <summary>Is the source ours?</summary>
    public bool Held => _held;

    /// <summary>Asks for the source until it is ours, and again when it was lost.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        while (true)
        {
            _outranked = false;
            await SayAsync(cancellation);
            await Task.Delay(Patience, _time, cancellation);
            _held = !_outranked;
            _decided(_held);
            if (_held) await SayAsync(cancellation); // who claimed at the same moment and is younger hears it, and yields
            if (_held) await _wake.WaitAsync(cancellation);
            else await _wake.WaitAsync(AskAgain, _time, cancellation);
        }
    }

    /// <summary>Hears another captioner; other events are ignored.</summary>
    public async Task HearAsync(ObsEvent obsEvent, CancellationToken cancellation)
    {
        if (obsEvent.Type != "CustomEvent" || obsEvent.Data.Find(Key) is not { } other) return;
        if (other.Text("source") != _source || other.Text("id") == _id) return;
        if (other.Flag("left"))
        {
            if (!_held) _wake.Call();
        }
        else if (!Outranks(other))
        {
            await SayAsync(cancellation);
        }
        else
        {
            _outranked = true;
            if (!_held) return;
            _held = false;
            _wake.Call();
        }
    }

    /// <summary>Leaves the source to whoever waits.</summary>
    public Task LeaveAsync(CancellationToken cancellation)
    {
        _held = false;
        return SayAsync(cancellation, left: true);
    }

    private bool Outranks(JsonElement other)
    {
        if (other.Flag("held") != _held) return other.Flag("held");
        var since = (long)other.NumberOr("since", double.MaxValue);
        return since != _since ? since < _since : string.CompareOrdinal(other.Text("id"), _id) < 0;
    }

    private async Task SayAsync(CancellationToken cancellation, bool left = false) => await _client.RequestAsync(
        "BroadcastCustomEvent",
        new JsonObject
        {
            ["eventData"] = new JsonObject
            {
                [Key] = new JsonObject { ["source"] = _source, ["id"] = _id, ["since"] = _since, ["held"] = _held, ["left"] = left },
            },
        },
        cancellation);
}
