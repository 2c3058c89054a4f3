using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Moonshine;

/// <summary>
/// Everything that a step at one length is bound to, made once. Only what belongs to the segment (the encoder's states, the
/// keys and values made of them) is bound again when the segment has changed.
/// </summary>
internal sealed class StepBinding(OrtIoBinding binding, CacheNames names) : IDisposable
{
    private int _generation = -1;

    /// <summary>What to run with.</summary>
    public OrtIoBinding Binding => binding;

    /// <summary>Binds the segment, unless it is bound.</summary>
    /// <param name="generation">Changes with each segment.</param>
    /// <param name="states">The encoder's output; null where a step does not take it.</param>
    /// <param name="cross">Keys and values over it.</param>
    public void Refresh(int generation, OrtValue? states, OrtValue[] cross)
    {
        if (_generation == generation) return;
        _generation = generation;
        if (states is not null) binding.BindInput("encoder_hidden_states", states);
        for (var i = 0; i < cross.Length; i++) binding.BindInput(names.PastEncoder[i], cross[i]);
    }

    /// <inheritdoc/>
    public void Dispose() => binding.Dispose();
}
