using System.Runtime.ExceptionServices;

namespace BroadcastCaptions.Speech.Models;

/// <summary>Two things made at the same time: loading a graph takes one core, and whoever starts the program waits for it.</summary>
internal static class Together
{
    /// <summary>Makes both; where one cannot be made, the other is disposed of.</summary>
    /// <param name="first">Made on a thread of its own.</param>
    /// <param name="second">Made here; where both fail, its failure is told.</param>
    public static (TFirst First, TSecond Second) Make<TFirst, TSecond>(Func<TFirst> first, Func<TSecond> second)
        where TFirst : class, IDisposable
        where TSecond : class, IDisposable
    {
        var (there, failureThere) = (default(TFirst), default(ExceptionDispatchInfo));
        var thread = new Thread(() => (there, failureThere) = Try(first)) { Name = "captions-load", IsBackground = true };
        thread.Start();
        var (here, failureHere) = Try(second);
        thread.Join();
        if ((failureHere ?? failureThere) is not { } failure) return (there!, here!);
        there?.Dispose();
        here?.Dispose();
        failure.Throw();
        throw failure.SourceException;
    }

    private static (T? Made, ExceptionDispatchInfo? Failure) Try<T>(Func<T> make)
        where T : class
    {
        try
        {
            return (make(), null);
        }
        catch (Exception e)
        {
            return (null, ExceptionDispatchInfo.Capture(e));
        }
    }
}
