using BroadcastCaptions.Control;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Obs.OnAir;

/// <summary>One tap's on-air state: bound to the OBS inputs that capture its device, on air while any of them is unmuted.</summary>
/// <param name="tap">The tap.</param>
/// <param name="send">Told of each change.</param>
internal sealed class TapBinding(ObservedTap tap, Action<OnAirChanged> send)
{
    private bool _onAir = true; // until OBS says otherwise: a tap that OBS does not know is on air

    /// <summary>Id of the tap's source.</summary>
    public string Source => tap.Source;

    /// <summary>The inputs that it is bound to.</summary>
    public IReadOnlyList<AudioInput> Inputs { get; private set; } = [];

    /// <summary>OBS said which inputs there are.</summary>
    public void Judge(IEnumerable<AudioInput> inputs, MediaTime at)
    {
        Inputs = [.. inputs.Where(input => tap.Devices.Contains(input.Device))];
        if (Inputs.Count == 0) Set(true, "no OBS input captures it", at);
        else if (Inputs.Any(input => !input.Muted)) Set(true, "unmuted in OBS", at);
        else Set(false, "muted in OBS", at);
    }

    /// <summary>OBS cannot be asked: a bound tap is off air until it can.</summary>
    public void Lose(string why, MediaTime at)
    {
        if (Inputs.Count > 0) Set(false, why, at);
    }

    private void Set(bool onAir, string why, MediaTime at)
    {
        if (onAir == _onAir) return;
        _onAir = onAir;
        send(new OnAirChanged(tap.Source, onAir, at, why));
    }
}
