using System.Runtime.ExceptionServices;

namespace BroadcastCaptions.Speech.Models;

/// <summary>What one thread wants to know of a model, and what another finds; events of theirs say whose turn it is.</summary>
internal sealed class Question
{
    private ISpeechModel? _model;
    private float[] _samples = [];
    private int _count;
    private bool _expectWords;
    private IReadOnlyList<ScoredToken> _previous = [];
    private string? _language;
    private ModelText _text = ModelText.Empty;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Asks: the samples are copied, as they may be gone before anybody looks at them.</summary>
    public void Ask(ISpeechModel model, ReadOnlySpan<float> samples, bool expectWords, IReadOnlyList<ScoredToken> previous, string? language)
    {
        (_model, _count, _expectWords, _previous, _language) = (model, samples.Length, expectWords, previous, language);
        if (_samples.Length < samples.Length) _samples = GC.AllocateUninitializedArray<float>(samples.Length * 3 / 2);
        samples.CopyTo(_samples);
    }

    /// <summary>Finds the answer. Throws nothing: <see cref="Answer"/> does.</summary>
    public void Work()
    {
        try
        {
            _model!.Expect(_language);
            (_text, _failure) = (_model.Recognize(_samples.AsSpan(0, _count), _expectWords, _previous), null);
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }

    /// <summary>The answer.</summary>
    /// <exception cref="Exception">What the model threw.</exception>
    public ModelText Answer()
    {
        _failure?.Throw();
        return _text;
    }
}
