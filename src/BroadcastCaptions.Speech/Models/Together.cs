namespace BroadcastCaptions.Speech.Models;

/// <summary>Two things made at the same time: loading a graph takes one core, and whoever starts the program waits for it.</summary>
internal static class Together
{
    /// <summary>Makes both; where one cannot be made, the other is disposed of.</summary>
    public static (TFirst First, TSecond Second) Make<TFirst, TSecond>(Func<TFirst> first, Func<TSecond> second)
        where TFirst : IDisposable
        where TSecond : IDisposable
    {
        var other = Task.Run(first);
        TSecond here;
        try
        {
            here = second();
        }
        catch
        {
            ((IAsyncResult)other).AsyncWaitHandle.WaitOne();
            if (other.IsCompletedSuccessfully) other.Result.Dispose();
            throw;
        }

        try
        {
            return (other.GetAwaiter().GetResult(), here);
        }
        catch
        {
            here.Dispose();
            throw;
        }
    }
}
