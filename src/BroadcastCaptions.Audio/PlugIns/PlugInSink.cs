using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;

namespace BroadcastCaptions.Audio.PlugIns;

/// <summary>Tells the plug-in what viewers read, for OBS's own events.</summary>
/// <param name="server">Where the plug-ins are.</param>
public sealed class PlugInSink(PlugInServer server) : ICaptionSink
{
    private long _cue;

    /// <inheritdoc/>
    public string Name => "plugin";

    /// <inheritdoc/>
    public Overflow Overflow => Overflow.LatestWins;

    /// <inheritdoc/>
    public ValueTask HandleAsync(CaptionEvent captionEvent, CancellationToken cancellation)
    {
        switch (captionEvent)
        {
            case CueEvent e:
                _cue = e.Cue.Id;
                server.Send(CaptionTextKind.Block, "", e.Cue.Text);
                break;
            case RetractEvent e when e.Id == _cue:
            case ClearEvent:
                server.Send(CaptionTextKind.Block, "", "");
                break;
            case TranscriptEvent { Transcript: { IsFinal: true, Words.Count: > 0 } final }:
                server.Send(CaptionTextKind.Final, final.Source, final.Text);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
