using System.Threading.Channels;
using BroadcastCaptions.Events;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Obs.Protocol;
using BroadcastCaptions.Obs.Session;
using BroadcastCaptions.Options;

namespace BroadcastCaptions.Obs.Text;

/// <summary>The sink's work on one connection: claims the source, keeps it in every scene, writes what is wanted.</summary>
internal sealed class TextWriterRun
{
    // An OBS that closes removes everything first, and says that it closes some 30 ms later: nothing is made anew in it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly string _name;
    private readonly CaptionSource _source;
    private readonly SourceClaim _claim;
    private readonly WantedText _wanted;
    private readonly StateReporter _states;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _unsure = true; // may something be missing in OBS?
    private volatile bool _changing; // OBS is changing its scene collection, or closes
    private volatile bool _leaving;
    private string? _shown; // null: unknown

    public TextWriterRun(
        ObsClient client, string name, DisplayOptions display, WantedText wanted, DateTimeOffset since,
        StateReporter states, TimeProvider time)
    {
        (_name, _wanted, _states, _time) = (name, wanted, states, time);
        _source = new CaptionSource(client, name, display);
        _claim = new SourceClaim(client, name, since, time, Decided);
    }

    /// <summary>Runs until cancelled, or until OBS refuses something.</summary>
    public async Task RunAsync(ChannelReader<ObsEvent> events, CancellationToken cancellation)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] parts = [FollowAsync(events, together.Token), _claim.KeepAsync(together.Token), WriteAsync(together.Token)];
        var first = await Task.WhenAny(parts);
        await together.CancelAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    /// <summary>Clears the source if it is ours; nothing is written afterwards.</summary>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        _leaving = true;
        _wanted.Changed.Call();
        await _written.Task.WaitAsync(cancellation);
    }

    private async Task FollowAsync(ChannelReader<ObsEvent> events, CancellationToken cancellation)
    {
        await foreach (var obsEvent in events.ReadAllAsync(cancellation))
        {
            await _claim.HearAsync(obsEvent, cancellation);
            switch (obsEvent.Type)
            {
                case "CurrentSceneCollectionChanging" or "ExitStarted":
                    _changing = true;
                    break;
                case "InputRemoved" when obsEvent.Data.Text("inputName") == _name:
                case "InputNameChanged" when obsEvent.Data.Text("oldInputName") == _name:
                    _ = LookLaterAsync(cancellation);
                    break;
                case "CurrentSceneCollectionChanged" or "SceneCreated":
                    _changing &= obsEvent.Type == "SceneCreated";
                    _unsure = true;
                    _wanted.Changed.Call();
                    break;
            }
        }
    }

    private async Task LookLaterAsync(CancellationToken cancellation)
    {
        _unsure = true;
        await Task.Delay(Grace, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _unsure = true; // a text that was written meanwhile may have met the source before it was gone
        _wanted.Changed.Call();
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        try
        {
            while (!_leaving)
            {
                await _wanted.Changed.WaitAsync(cancellation);
                if (!_claim.Held) _unsure = true; // whoever has it may change it
                else if (!_changing && !_leaving) await WriteOnceAsync(cancellation);
            }

            if (!_claim.Held) return;
            await _source.ShowAsync(CaptionBlock.Empty, cancellation);
            await _claim.LeaveAsync(cancellation);
        }
        finally
        {
            _written.TrySetResult();
        }
    }

    private async Task WriteOnceAsync(CancellationToken cancellation)
    {
        if (_unsure && !await EnsureAsync(cancellation)) return;
        var text = _wanted.Take();
        if (text == _shown) return;
        var sent = _time.GetTimestamp();
        try
        {
            await _source.ShowAsync(text, cancellation);
            _shown = text;
            _wanted.Sent.Add();
        }
        catch (ObsRequestException e) when (e.Status == ObsStatus.ResourceNotFound)
        {
            _unsure = true; // the user removed the source: make it again, unless OBS is changing everything
            _wanted.Changed.Call();
        }

        var rest = ObsTextSink.SmallestGap - _time.GetElapsedTime(sent);
        if (rest > TimeSpan.Zero) await Task.Delay(rest, _time, cancellation);
    }

    private async Task<bool> EnsureAsync(CancellationToken cancellation)
    {
        _unsure = false;
        _shown = null;
        try
        {
            _states.Report(TextStates.Placed(_name, await _source.EnsureAsync(cancellation)));
            return true;
        }
        catch (CaptionsException e)
        {
            _states.Report(new ComponentState(ObsTextSink.Component, Health.Failed, e.Message, e.Remedy));
            _unsure = true; // looked at again with the next change in OBS or the next text
            return false;
        }
    }

    private void Decided(bool held)
    {
        if (!held) _states.Report(TextStates.Taken(_name));
        _wanted.Changed.Call();
    }
}
