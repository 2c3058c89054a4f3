using BroadcastCaptions.Metrics;

namespace BroadcastCaptions.Obs.Text;

/// <summary>The text that should be on screen: only the latest counts.</summary>
internal sealed class WantedText(Counters counters)
{
    private readonly Counter _superseded = counters.Get("obs.text.superseded");
    private readonly Lock _lock = new();
    private string _text = CaptionBlock.Empty;
    private bool _taken = true;

    /// <summary>Counts the messages to OBS.</summary>
    public Counter Sent { get; } = counters.Get("obs.text.sent");

    /// <summary>Called at each change.</summary>
    public Wake Changed { get; } = new();

    /// <summary>Replaces what is wanted.</summary>
    public void Set(string text)
    {
        lock (_lock)
        {
            if (text == _text) return;
            if (!_taken) _superseded.Add();
            (_text, _taken) = (text, false);
        }

        Changed.Call();
    }

    /// <summary>What is wanted now.</summary>
    public string Take()
    {
        lock (_lock)
        {
            _taken = true;
            return _text;
        }
    }
}
